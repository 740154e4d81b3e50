alter table task drop constraint task_subject_kind_check;
alter table task add constraint task_subject_kind_check
  check (subject_kind in ('prompt', 'episode', 'pair', 'rollout'));
-- One rollout that is judged by itself, asked about once in a campaign. Workers never see this row: of the clip they
-- are told what a player needs.
create table task_rollout (
  workspace_id uuid not null references workspace,
  task_id uuid not null,
  campaign_id uuid not null,
  rollout_id uuid not null,
  policy_version_id uuid not null,
  suite_id uuid not null,
  suite_version int not null,
  world text not null,
  scenario_key text not null,
  instruction jsonb not null,
  stream text not null,
  clip jsonb not null,
  primary key (workspace_id, task_id),
  unique (workspace_id, campaign_id, rollout_id),
  foreign key (workspace_id, task_id) references task
);
create index task_rollout_by_rollout on task_rollout (workspace_id, rollout_id);
call protect('task_rollout', 'select, insert');
