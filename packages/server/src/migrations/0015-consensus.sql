-- What is believed of the crowd of a campaign (core/crowd), kept so that one more answer is weighed without reading the
-- others. It can be lost at any time: the next answer fits everything anew.
create table crowd (
  workspace_id uuid not null references workspace,
  campaign_id uuid not null,
  -- Null until the first fit.
  model jsonb,
  -- The guard's bar for stopping, and the audits it rests on.
  sure_at double precision,
  audit_count int not null default 0,
  changed_count int not null default 0,
  fitted_at timestamptz,
  primary key (workspace_id, campaign_id)
);
call protect('crowd', 'select, insert, update');

-- Expected counts of what each worker said, in both models.
create table crowd_worker (
  workspace_id uuid not null references workspace,
  campaign_id uuid not null,
  worker_id uuid not null references worker,
  fixed double precision[] not null,
  learned double precision[] not null,
  gold_accuracy double precision,
  primary key (workspace_id, campaign_id, worker_id)
);
call protect('crowd_worker', 'select, insert, update');

-- What both models believe of a task, and the answers this rests on: [[worker, position of the label], …].
create table belief (
  workspace_id uuid not null references workspace,
  task_id uuid not null,
  campaign_id uuid not null,
  fixed double precision[] not null,
  learned double precision[] not null,
  heard jsonb not null,
  primary key (workspace_id, task_id)
);
create index belief_by_campaign on belief (workspace_id, campaign_id, task_id);
call protect('belief', 'select, insert, update');
