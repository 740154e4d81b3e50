-- What is watched for drift, and how far each watch has come: read and written by the sweep alone.
create table drift_watch (
  workspace_id uuid not null references workspace,
  id uuid not null,
  -- Which figure, and of what: ids of a policy version, a suite, a campaign.
  series text not null,
  about_key text not null,
  about jsonb not null,
  phase text not null check (phase in ('gathering', 'watching', 'rang')),
  -- Raised whenever something else is set aside to compare with.
  epoch int not null,
  -- The last sightings, from which the next comparison is set aside.
  recent jsonb not null,
  state jsonb,
  began_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, series, about_key)
);
call protect('drift_watch', 'select, insert, update');
-- How far the sweep has read each source.
create table drift_cursor (
  workspace_id uuid not null references workspace,
  source text not null,
  at timestamptz not null,
  after_id uuid not null,
  primary key (workspace_id, source)
);
call protect('drift_cursor', 'select, insert, update');
-- Once for each watch and what it was compared with; says what moved.
create table drift_alarm (
  workspace_id uuid not null references workspace,
  id uuid not null,
  watch_id uuid not null,
  epoch int not null,
  explained jsonb not null,
  raised_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  primary key (workspace_id, id),
  unique (workspace_id, watch_id, epoch),
  foreign key (workspace_id, watch_id) references drift_watch
);
call protect('drift_alarm', 'select, insert, update');
-- The sweep reads what came since it last looked, in the order it came.
create index submission_by_time on submission (workspace_id, created_at, id);
create index episode_by_time on episode (workspace_id, created_at, id);
