-- What people judged of a rollout. From then on `success` and `failure_id` are what was judged, so that every list and
-- count rests on it; what was told when it came in stays beside.
alter table rollout add column judged_outcome text check (judged_outcome in ('success', 'failure', 'unclear'));
alter table rollout add column judged_term_id text;
alter table rollout add column judged_moment_ms double precision;
alter table rollout add column judged_probability double precision;
alter table rollout add column judged_by text;
alter table rollout add column judged_task_id uuid;
alter table rollout add column told_success boolean;
alter table rollout add column told_failure_id text;
-- Of the rollouts counted: those whose outcome was judged.
alter table rollout_tally add column judged_count int not null default 0;
-- Which rollouts a campaign has asked about one by one: none is asked about twice in it.
create table rollout_asked (
  workspace_id uuid not null references workspace,
  campaign_id uuid not null,
  rollout_id uuid not null,
  primary key (workspace_id, campaign_id, rollout_id),
  foreign key (workspace_id, rollout_id) references rollout
);
call protect('rollout_asked', 'select, insert');
