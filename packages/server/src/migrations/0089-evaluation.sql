-- Failures by their reason, counted as rollouts come and go: how a policy fails in each world is read without rollouts.
create table rollout_failure_tally (
  workspace_id uuid not null references workspace,
  suite_id uuid not null,
  suite_version int not null,
  scenario_key text not null,
  policy_version_id uuid not null,
  world text not null check (world in ('real', 'sim')),
  failure_id text not null,
  failure_count int not null,
  primary key (workspace_id, suite_id, suite_version, scenario_key, policy_version_id, world, failure_id),
  foreign key (workspace_id, suite_id, suite_version) references suite_version,
  foreign key (workspace_id, policy_version_id) references policy_version
);
call protect('rollout_failure_tally', 'select, insert, update');
insert into rollout_failure_tally
  select workspace_id, suite_id, suite_version, scenario_key, policy_version_id, world, failure_id, count(*)::int
  from rollout
  where erased_at is null and suite_id is not null and success = false and failure_id is not null
  group by 1, 2, 3, 4, 5, 6, 7;
