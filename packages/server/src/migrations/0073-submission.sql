-- The same votes by who gave them, without the scenario: whom the others contradict is found without reading answers.
create table comparison_rater (
  workspace_id uuid not null references workspace,
  suite_id uuid not null,
  suite_version int not null,
  world text not null,
  worker_id uuid not null references worker,
  left_version_id uuid not null,
  right_version_id uuid not null,
  left_wins int not null,
  ties int not null,
  right_wins int not null,
  primary key (workspace_id, suite_id, suite_version, world, worker_id, left_version_id, right_version_id),
  foreign key (workspace_id, suite_id, suite_version) references suite_version
);
call protect('comparison_rater', 'select, insert, update');
