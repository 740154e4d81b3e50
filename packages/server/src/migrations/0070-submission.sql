-- Votes between rollouts of two policy versions, counted in the transaction of each vote, so that no page counts
-- answers: at most one row for each two versions and side in each scenario. Kept by `submission`.
create table comparison_tally (
  workspace_id uuid not null references workspace,
  suite_id uuid not null,
  suite_version int not null,
  world text not null check (world in ('real', 'sim')),
  scenario_key text not null,
  left_version_id uuid not null,
  right_version_id uuid not null,
  left_wins int not null,
  ties int not null,
  right_wins int not null,
  -- Neither did it: weighs as a tie.
  both_bad int not null,
  -- Progress as raters saw it (0 to 100), summed, and by how many it was said.
  left_progress double precision not null default 0,
  right_progress double precision not null default 0,
  progress_count int not null default 0,
  changed_at timestamptz not null,
  primary key (workspace_id, suite_id, suite_version, world, scenario_key, left_version_id, right_version_id),
  foreign key (workspace_id, suite_id, suite_version) references suite_version,
  foreign key (workspace_id, left_version_id) references policy_version,
  foreign key (workspace_id, right_version_id) references policy_version
);
call protect('comparison_tally', 'select, insert, update');
