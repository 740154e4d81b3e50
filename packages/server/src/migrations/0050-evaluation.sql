-- A robot's controller and its versions: what is ranked.
create table policy (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
call protect('policy', 'select, insert, update');
create table policy_version (
  workspace_id uuid not null references workspace,
  id uuid not null,
  policy_id uuid not null,
  label text not null,
  note text not null default '',
  -- SHA-256 of the weights, where the team says it.
  weights_sha256 text,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, policy_id, label),
  foreign key (workspace_id, policy_id) references policy
);
call protect('policy_version', 'select, insert');

-- A robot body: its model as a file, kept as it came.
create table embodiment (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  format text not null check (format in ('urdf', 'mjcf')),
  model_name text not null,
  joints text[] not null,
  blob_id uuid not null,
  bytes bigint not null,
  sha256 text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name),
  foreign key (workspace_id, blob_id) references blob
);
call protect('embodiment', 'select, insert');

create table suite (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
call protect('suite', 'select, insert');
-- A frozen version never changes: `envelope` is what was signed.
create table suite_version (
  workspace_id uuid not null references workspace,
  suite_id uuid not null,
  version int not null check (version > 0),
  ontology_id uuid not null,
  ontology_version int not null,
  content jsonb not null,
  -- Raised by each change of a draft, so that of two who change it at once one is told.
  revision int not null default 1,
  envelope text,
  sha256 text,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  frozen_at timestamptz,
  primary key (workspace_id, suite_id, version),
  foreign key (workspace_id, suite_id) references suite,
  check ((frozen_at is null) = (envelope is null) and (frozen_at is null) = (sha256 is null))
);
create unique index suite_version_draft on suite_version (workspace_id, suite_id) where frozen_at is null;
call protect('suite_version', 'select, insert, update, delete');
create function keep_frozen() returns trigger language plpgsql as $$
begin
  if old.frozen_at is not null then
    raise exception 'a frozen version of a suite never changes';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger suite_version_frozen before update or delete on suite_version
  for each row execute function keep_frozen();
-- The key a team signs its suites with; made with the first of them.
create table suite_key (
  workspace_id uuid primary key references workspace,
  name text not null,
  public_key text not null,
  secret_wrapped text not null,
  created_at timestamptz not null
);
call protect('suite_key', 'select, insert');

-- One run of a policy. Ids rise with time: lists go by id.
create table rollout (
  workspace_id uuid not null references workspace,
  id uuid not null,
  -- Which run it is, said by who brings it in: the same again is the same rollout. Null once erased.
  digest text,
  body_sha256 text not null,
  policy_id uuid not null,
  policy_version_id uuid not null,
  embodiment_id uuid,
  suite_id uuid,
  suite_version int,
  scenario_key text,
  world text not null check (world in ('real', 'sim')),
  seed bigint,
  task text not null default '',
  success boolean,
  score double precision,
  progress double precision check (progress between 0 and 1),
  failure_id text,
  note text not null default '',
  duration_ms double precision,
  source jsonb not null default '{}',
  recorded_at timestamptz,
  created_at timestamptz not null,
  erased_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, digest),
  foreign key (workspace_id, policy_version_id) references policy_version,
  foreign key (workspace_id, policy_id) references policy,
  foreign key (workspace_id, embodiment_id) references embodiment,
  foreign key (workspace_id, suite_id, suite_version) references suite_version,
  check ((suite_id is null) = (suite_version is null) and (suite_id is null) = (scenario_key is null))
);
-- One for each filter that a list may begin with; the rest is looked at row by row within it.
create index rollout_by_version on rollout (workspace_id, policy_version_id, id) where erased_at is null;
create index rollout_by_policy on rollout (workspace_id, policy_id, id) where erased_at is null;
create index rollout_by_scenario on rollout (workspace_id, suite_id, suite_version, scenario_key, id) where erased_at is null;
create index rollout_by_suite on rollout (workspace_id, suite_id, suite_version, id) where erased_at is null;
create index rollout_by_outcome on rollout (workspace_id, success, id) where erased_at is null;
create index rollout_by_world on rollout (workspace_id, world, id) where erased_at is null;
create index rollout_by_failure on rollout (workspace_id, failure_id, id) where erased_at is null and failure_id is not null;
call protect('rollout', 'select, insert, update');
-- What was recorded of it, each stream with a clock of its own: `start_ms` is where it begins on the rollout's.
create table rollout_stream (
  workspace_id uuid not null references workspace,
  rollout_id uuid not null,
  name text not null,
  kind text not null check (kind in ('video', 'trajectory')),
  blob_id uuid not null,
  bytes bigint not null,
  sha256 text not null,
  mime text not null,
  start_ms double precision not null,
  duration_ms double precision not null,
  sample_count int not null,
  columns text[] not null default '{}',
  codec text,
  fps double precision,
  width int,
  height int,
  primary key (workspace_id, rollout_id, name),
  foreign key (workspace_id, rollout_id) references rollout,
  foreign key (workspace_id, blob_id) references blob
);
call protect('rollout_stream', 'select, insert, delete');
-- Counts kept as rollouts come and go, so that no page counts rows. Without a suite: the zero id, 0 and ''.
create table rollout_tally (
  workspace_id uuid not null references workspace,
  policy_version_id uuid not null,
  suite_id uuid not null,
  suite_version int not null,
  scenario_key text not null,
  world text not null,
  rollout_count int not null,
  success_count int not null,
  failure_count int not null,
  primary key (workspace_id, policy_version_id, suite_id, suite_version, scenario_key, world),
  foreign key (workspace_id, policy_version_id) references policy_version
);
create index rollout_tally_by_suite on rollout_tally (workspace_id, suite_id, suite_version, scenario_key);
call protect('rollout_tally', 'select, insert, update');
