-- The events of a task's flow: a set (the id is the key), so order and repetition change nothing.
create table flow_event (
  workspace_id uuid not null references workspace,
  task_id uuid not null,
  id text not null,
  body jsonb not null,
  created_at timestamptz not null,
  primary key (workspace_id, task_id, id)
);
call protect('flow_event', 'select, insert');
create table verdict (
  workspace_id uuid not null references workspace,
  task_id uuid not null,
  campaign_id uuid not null,
  label text not null,
  probability double precision not null,
  settled_by text not null check (settled_by in ('consensus', 'checks', 'member')),
  posterior jsonb not null,
  rests_on jsonb not null,
  updated_at timestamptz not null,
  primary key (workspace_id, task_id)
);
create index verdict_by_campaign on verdict (workspace_id, campaign_id);
call protect('verdict', 'select, insert, update');
