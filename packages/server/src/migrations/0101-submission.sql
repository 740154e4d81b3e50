-- The newest rated rollouts of a scale: how far raters agree is told by them.
create index rollout_rating_by_scale on rollout_rating
  (workspace_id, suite_id, suite_version, world, scale_id, rollout_id) where cardinality(marks) >= 2;
