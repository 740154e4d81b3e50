create table task (
  workspace_id uuid not null references workspace,
  id uuid not null,
  campaign_id uuid not null,
  kind text not null,
  state text not null check (state in ('open', 'done', 'stopped')),
  subject_kind text not null check (subject_kind in ('prompt', 'episode')),
  episode_id uuid,
  -- Whose recording the task is about: they never judge it themselves.
  about_worker_id uuid,
  -- Decides about sampling; workers never see it.
  seed text not null,
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, campaign_id) references campaign
);
create unique index task_once_per_episode on task (workspace_id, campaign_id, episode_id) where episode_id is not null;
create index task_open on task (workspace_id, campaign_id, id) where state = 'open';
call protect('task', 'select, insert, update');

-- One row per answer wanted: offered until claimed, held until leased_until, spent by a submission.
create table lease (
  workspace_id uuid not null references workspace,
  id uuid not null,
  task_id uuid not null,
  campaign_id uuid not null,
  about_worker_id uuid,
  state text not null check (state in ('offered', 'held', 'spent', 'void')),
  worker_id uuid,
  attempt int not null default 1,
  terms_version int,
  leased_until timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, task_id) references task
);
create index lease_offered on lease (workspace_id, campaign_id, id) where state = 'offered';
create index lease_due on lease (workspace_id, leased_until) where state = 'held';
create index lease_held_by on lease (worker_id, state, id);
create index lease_of_worker on lease (workspace_id, campaign_id, worker_id) where worker_id is not null;
create index lease_by_task on lease (workspace_id, task_id);
-- A worker answers a task once, however many tabs are open (each retake is a further attempt).
create unique index lease_once on lease (workspace_id, task_id, worker_id, attempt)
  where worker_id is not null and state in ('held', 'spent');
call protect('lease', 'select, insert, update');
call show_to_worker('lease');

-- How far a worker has come in a campaign's offers: a claim goes on from there, so its cost does not grow with the
-- number of offers. The row also makes the claims of one worker (two tabs) wait for each other.
create table claim_place (
  workspace_id uuid not null references workspace,
  campaign_id uuid not null,
  worker_id uuid not null,
  after_lease_id uuid not null,
  primary key (workspace_id, campaign_id, worker_id)
);
call protect('claim_place', 'select, insert, update');
call show_to_worker('claim_place');
create policy own_task on task for select
  using (exists (select from lease l where l.workspace_id = task.workspace_id and l.task_id = task.id
    and l.worker_id = current_worker()));
