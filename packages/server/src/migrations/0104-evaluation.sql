-- Security by rows takes no function of a column into an index: one for failures with a named reason, one for those without.
drop index rollout_failed_by;
create index rollout_failed_for on rollout
  (workspace_id, policy_version_id, suite_id, suite_version, world, scenario_key, failure_id, id)
  where success = false and failure_id is not null and erased_at is null;
create index rollout_failed_unexplained on rollout
  (workspace_id, policy_version_id, suite_id, suite_version, world, scenario_key, id)
  where success = false and failure_id is null and erased_at is null;
-- A column that is null is no place in an order: the newest without an outcome are found by an index of their own.
create index rollout_unknown on rollout (workspace_id, id) where success is null and erased_at is null;
-- What a version did on one scenario, in the order it came: who is shown or asked about next.
create index rollout_by_cell on rollout
  (workspace_id, policy_version_id, suite_id, suite_version, scenario_key, world, id) where erased_at is null;
