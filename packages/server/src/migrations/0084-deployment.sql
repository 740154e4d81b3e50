-- How policy versions did in use, as their team reports it: one row a report, of one run or of many counted together.
create table deployment (
  workspace_id uuid not null references workspace,
  id uuid not null,
  -- Which report it is, said by who sends it: the same again is the same report.
  client_id text not null,
  body_sha256 text not null,
  policy_version_id uuid not null,
  task text not null,
  place text not null,
  happened_at timestamptz not null,
  success_count int not null check (success_count >= 0),
  failure_count int not null check (failure_count >= 0),
  failure_id text,
  note text not null default '',
  created_at timestamptz not null,
  retracted_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, client_id),
  foreign key (workspace_id, policy_version_id) references policy_version,
  check (success_count + failure_count > 0 and (failure_id is null or failure_count > 0))
);
create index deployment_by_version on deployment (workspace_id, policy_version_id, id) where retracted_at is null;
call protect('deployment', 'select, insert, update');
-- The same by day, counted in the transaction of each report, so that no page counts reports.
create table deployment_tally (
  workspace_id uuid not null references workspace,
  policy_version_id uuid not null,
  task text not null,
  day date not null,
  success_count int not null,
  failure_count int not null,
  primary key (workspace_id, policy_version_id, task, day),
  foreign key (workspace_id, policy_version_id) references policy_version
);
call protect('deployment_tally', 'select, insert, update');
