-- The share of a campaign's answers that are gold. Campaigns from before have none: their escrow did not count on it.
alter table campaign add column gold_ratio double precision not null default 0;

-- Questions whose answer is known: made from what was settled beyond doubt, or stated by a member. A worker gets one
-- in the place of another task and never twice; `place` mixes their order.
create table gold (
  workspace_id uuid not null references workspace,
  task_id uuid not null,
  campaign_id uuid not null,
  about_worker_id uuid,
  label text not null,
  source text not null check (source in ('settled', 'stated')),
  stated_by uuid,
  place double precision not null,
  use_count int not null default 0,
  use_max int not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (workspace_id, task_id),
  foreign key (workspace_id, task_id) references task
);
create index gold_next on gold (workspace_id, campaign_id, use_count, place) where retired_at is null;
call protect('gold', 'select, insert, update');

-- The task whose place gold took: the answer is decided when that one's answers are, and is offered to the worker last.
alter table lease add column stands_for_task_id uuid;
create index lease_standing on lease (workspace_id, stands_for_task_id) where stands_for_task_id is not null;
