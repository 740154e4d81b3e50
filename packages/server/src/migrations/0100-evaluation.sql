-- When a judgement first told how a rollout ended of which nothing had been told: drift hears of it then.
alter table rollout add column judged_at timestamptz;
update rollout set judged_at = created_at where told_success is null and judged_outcome in ('success', 'failure');
create index rollout_by_judgement on rollout (workspace_id, judged_at, id) where judged_at is not null;
-- The newest failures of one reason on one scenario, whatever else failed since.
create index rollout_failed_by on rollout
  (workspace_id, policy_version_id, suite_id, suite_version, world, scenario_key, coalesce(failure_id, ''), id)
  where success = false and erased_at is null;
