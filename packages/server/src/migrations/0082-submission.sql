-- What people rated of one rollout on one scale: the ratings and the number they make, counted in the transaction of
-- each answer. Kept by `submission`.
create table rollout_rating (
  workspace_id uuid not null references workspace,
  rollout_id uuid not null,
  scale_id text not null,
  policy_version_id uuid not null,
  suite_id uuid not null,
  suite_version int not null,
  world text not null,
  scenario_key text not null,
  marks int[] not null default '{}',
  value double precision,
  primary key (workspace_id, rollout_id, scale_id)
);
call protect('rollout_rating', 'select, insert, update, delete');
-- The same summed, so that a leaderboard reads no ratings: rollouts with a rating, and the sums of their values and
-- of the squares of these.
create table rating_tally (
  workspace_id uuid not null references workspace,
  suite_id uuid not null,
  suite_version int not null,
  world text not null,
  policy_version_id uuid not null,
  scenario_key text not null,
  scale_id text not null,
  rollout_count int not null,
  rating_count int not null,
  value_sum double precision not null,
  square_sum double precision not null,
  primary key (workspace_id, suite_id, suite_version, world, policy_version_id, scenario_key, scale_id),
  foreign key (workspace_id, suite_id, suite_version) references suite_version
);
call protect('rating_tally', 'select, insert, update');
