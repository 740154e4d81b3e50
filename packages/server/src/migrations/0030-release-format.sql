-- What a release is written as; those made before there was a choice are LeRobot.
alter table release add column format text not null default 'lerobot' check (format in ('lerobot', 'mcap', 'both'));
