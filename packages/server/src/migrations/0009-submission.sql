create table submission (
  workspace_id uuid not null references workspace,
  id uuid not null,
  campaign_id uuid not null,
  task_id uuid not null,
  lease_id uuid not null,
  worker_id uuid not null references worker,
  kind text not null,
  attempt int not null,
  answer jsonb not null,
  body_hash text not null,
  active_ms bigint not null,
  terms_version int not null,
  pay_minor int not null,
  currency text not null,
  episode_id uuid,
  created_at timestamptz not null,
  -- What became of the answer; the answer itself never changes (see the rights below).
  state text not null check (state in ('checking', 'waiting', 'review', 'accepted', 'returned', 'rejected', 'frozen')),
  decided_at timestamptz,
  decided_by uuid,
  reasons jsonb not null default '[]',
  primary key (workspace_id, id),
  foreign key (workspace_id, task_id) references task,
  foreign key (workspace_id, lease_id) references lease
);
create unique index submission_once_per_lease on submission (workspace_id, lease_id);
create index submission_by_task on submission (workspace_id, task_id);
create index submission_by_campaign on submission (workspace_id, campaign_id, created_at);
create index submission_by_worker on submission (worker_id, id);
create index submission_returned on submission (workspace_id, decided_at) where state = 'returned';
create index submission_undecided on submission (workspace_id, created_at) where state in ('checking', 'waiting', 'review');
call protect('submission', 'select, insert');
grant update (state, decided_at, decided_by, reasons) on submission to chiron_app;
call show_to_worker('submission');
