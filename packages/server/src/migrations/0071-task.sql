alter table task drop constraint task_subject_kind_check;
alter table task add constraint task_subject_kind_check check (subject_kind in ('prompt', 'episode', 'pair'));
-- Two rollouts of different policy versions on one scenario, on the sides they are shown. Workers never see this row:
-- of the clips they are told what a player needs.
create table task_pair (
  workspace_id uuid not null references workspace,
  task_id uuid not null,
  campaign_id uuid not null,
  suite_id uuid not null,
  suite_version int not null,
  world text not null,
  scenario_key text not null,
  instruction jsonb not null,
  left_version_id uuid not null,
  left_rollout_id uuid not null,
  left_stream text not null,
  left_clip jsonb not null,
  right_version_id uuid not null,
  right_rollout_id uuid not null,
  right_stream text not null,
  right_clip jsonb not null,
  primary key (workspace_id, task_id),
  foreign key (workspace_id, task_id) references task
);
create index task_pair_by_left on task_pair (workspace_id, left_rollout_id);
create index task_pair_by_right on task_pair (workspace_id, right_rollout_id);
call protect('task_pair', 'select, insert');
