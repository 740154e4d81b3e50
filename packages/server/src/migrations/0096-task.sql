-- The moments of a clip whose hands people are asked to correct, with the machine's points as they begin with them. Workers
-- are told of it through the lease they hold. It goes when the recording is erased.
create table task_moments (
  workspace_id uuid not null references workspace,
  task_id uuid not null,
  campaign_id uuid not null,
  episode_id uuid not null,
  moments jsonb not null,
  primary key (workspace_id, task_id),
  foreign key (workspace_id, task_id) references task
);
create index task_moments_by_episode on task_moments (workspace_id, episode_id);
call protect('task_moments', 'select, insert, delete');
