-- What is known of a camera: intrinsics by a board, or by a bank card the scale of the one plane it lay on.
alter table calibration add column kind text not null default 'board' check (kind in ('board', 'bank-card'));

-- The scale in force while a recording was filmed.
alter table episode add column scale_id uuid;
alter table episode add foreign key (workspace_id, scale_id) references calibration;
create index episode_by_scale on episode (workspace_id, scale_id) where scale_id is not null;
