-- What workers' phones know of their cameras, as the phone found it: per device, camera and picture size.
create table calibration (
  workspace_id uuid not null references workspace,
  id uuid not null,
  worker_id uuid not null references worker,
  device_id uuid not null,
  camera text not null,
  width int not null,
  height int not null,
  made_at timestamptz not null,
  -- The whole of it, intrinsics and all.
  content jsonb not null,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index calibration_by_worker on calibration (worker_id, id);
call protect('calibration', 'select, insert');
call show_to_worker('calibration');

-- The one in force while a recording was filmed.
alter table episode add column calibration_id uuid;
alter table episode add foreign key (workspace_id, calibration_id) references calibration;
create index episode_by_calibration on episode (workspace_id, calibration_id) where calibration_id is not null;
