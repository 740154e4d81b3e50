-- How raters answered pairs whose winner is known, counted in the transaction of each answer. No leaderboard counts
-- these votes. Kept by `submission`.
create table comparison_gold (
  workspace_id uuid not null references workspace,
  suite_id uuid not null,
  suite_version int not null,
  world text not null,
  worker_id uuid not null references worker,
  answer_count int not null,
  right_count int not null,
  primary key (workspace_id, suite_id, suite_version, world, worker_id),
  foreign key (workspace_id, suite_id, suite_version) references suite_version
);
call protect('comparison_gold', 'select, insert, update');
