-- How raters answered rollouts whose ratings are known, scale by scale, counted in the transaction of each answer: how often
-- they were near, and how far off. No leaderboard counts these answers. Kept by `submission`.
create table rating_gold (
  workspace_id uuid not null references workspace,
  campaign_id uuid not null,
  suite_id uuid not null,
  suite_version int not null,
  world text not null,
  worker_id uuid not null references worker,
  scale_id text not null,
  answer_count int not null,
  near_count int not null,
  distance_sum int not null,
  square_sum int not null,
  primary key (workspace_id, campaign_id, worker_id, scale_id, world),
  foreign key (workspace_id, campaign_id) references campaign,
  foreign key (workspace_id, suite_id, suite_version) references suite_version
);
create index rating_gold_by_suite on rating_gold (workspace_id, suite_id, suite_version, world, worker_id);
call protect('rating_gold', 'select, insert, update');
-- Whose each mark is, in the same order, so that those of a rater can be left out; of marks given before this it is not known.
alter table rollout_rating add column worker_ids uuid[] not null default '{}';
alter table rollout_rating no force row level security;
update rollout_rating
  set worker_ids = array_fill('00000000-0000-0000-0000-000000000000'::uuid, array[cardinality(marks)]);
alter table rollout_rating force row level security;
alter table rollout_rating add constraint rollout_rating_by_whom check (cardinality(worker_ids) = cardinality(marks));
