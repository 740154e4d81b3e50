create table release (
  workspace_id uuid not null references workspace,
  id uuid not null,
  name text not null,
  campaign_id uuid not null,
  state text not null check (state in ('building', 'ready', 'failed')),
  progress double precision not null default 0,
  failure text,
  episode_count int not null default 0,
  frame_count bigint not null default 0,
  bytes bigint not null default 0,
  remuxed_count int not null default 0,
  transcoded_count int not null default 0,
  attestation_sha256 text,
  files jsonb not null default '[]',
  excluded jsonb not null default '[]',
  -- Who builds it, until when nobody else may: a build that dies is taken up again when this has passed.
  builder text,
  building_until timestamptz,
  attempt_count int not null default 0,
  created_at timestamptz not null,
  ready_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
create index release_building on release (workspace_id, building_until) where state = 'building';
call protect('release', 'select, insert, update');
create table release_episode (
  workspace_id uuid not null references workspace,
  release_id uuid not null,
  episode_id uuid not null,
  index int not null,
  frame_count int not null,
  label text,
  -- What it left under, the record that says so, and its own files in the release.
  consent_id uuid not null,
  record_id uuid not null,
  paths text[] not null default '{}',
  primary key (workspace_id, release_id, episode_id),
  foreign key (workspace_id, release_id) references release,
  foreign key (workspace_id, episode_id) references episode
);
create index release_episode_by_episode on release_episode (workspace_id, episode_id);
create index release_episode_by_consent on release_episode (workspace_id, consent_id);
call protect('release_episode', 'select, insert, update, delete');
-- A notice that part of a release must go.
create table recall (
  workspace_id uuid not null references workspace,
  release_id uuid not null,
  episode_id uuid not null,
  why text not null,
  state text not null default 'open' check (state in ('open', 'notified', 'acknowledged', 'closed')),
  created_at timestamptz not null,
  primary key (workspace_id, release_id, episode_id)
);
call protect('recall', 'select, insert, update');

-- The key a team signs its releases with; made with the first of them.
create table release_key (
  workspace_id uuid primary key references workspace,
  name text not null,
  public_key text not null,
  secret_wrapped text not null,
  created_at timestamptz not null
);
call protect('release_key', 'select, insert');
