create table review (
  workspace_id uuid not null references workspace,
  id uuid not null,
  why text not null check (why in ('disputed', 'sampled', 'fault', 'appeal')),
  state text not null check (state in ('open', 'done')),
  campaign_id uuid not null,
  task_id uuid not null,
  submission_id uuid,
  episode_id uuid,
  -- Whoever decided before may not decide again (WR-16).
  barred_member_id uuid,
  created_at timestamptz not null,
  due_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decision text,
  label text,
  reason_code text,
  moment_ms double precision,
  hint text,
  primary key (workspace_id, id)
);
create index review_open on review (workspace_id, due_at, id) where state = 'open';
create unique index review_one_open on review (workspace_id, task_id, why) where state = 'open';
call protect('review', 'select, insert, update');
create table appeal (
  workspace_id uuid not null references workspace,
  id uuid not null,
  submission_id uuid not null,
  worker_id uuid not null references worker,
  review_id uuid not null,
  body text not null,
  state text not null check (state in ('open', 'upheld', 'dismissed')),
  answer text,
  created_at timestamptz not null,
  due_at timestamptz not null,
  decided_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, submission_id) references submission
);
create unique index appeal_once on appeal (workspace_id, submission_id) where state = 'open';
call protect('appeal', 'select, insert, update');
call show_to_worker('appeal');
