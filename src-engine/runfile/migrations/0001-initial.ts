import type { Migration } from './migration.ts'

export const migration0001: Migration = {
  version: 1,
  sql: `
CREATE TABLE run (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  group_name TEXT,
  notes TEXT NOT NULL,
  source TEXT NOT NULL,
  status TEXT NOT NULL,
  status_detail TEXT NOT NULL,
  seed INTEGER,
  created_at_ms REAL NOT NULL,
  started_at_ms REAL,
  ended_at_ms REAL,
  heartbeat_at_ms REAL,
  host TEXT NOT NULL,
  planned_steps INTEGER,
  recipe_yaml TEXT,
  worker_pid INTEGER,
  worker_started_at_ms REAL,
  worker_host TEXT,
  revision INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE tag (position INTEGER PRIMARY KEY, tag TEXT NOT NULL) STRICT;
CREATE TABLE version (program TEXT PRIMARY KEY, version TEXT NOT NULL) STRICT;
CREATE TABLE config (
  key TEXT PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('string', 'number', 'boolean', 'null')),
  value ANY
) STRICT;

CREATE TABLE metric (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('scalar', 'vector')),
  dimension INTEGER NOT NULL CHECK (dimension >= 1),
  unit TEXT NOT NULL,
  description TEXT NOT NULL,
  role TEXT
) STRICT;
CREATE TABLE attempt (
  number INTEGER NOT NULL CHECK (number >= 2),
  metric INTEGER REFERENCES metric (id),
  from_step INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX attempt_of_metric ON attempt (number, coalesce(metric, 0));

CREATE TABLE point (
  metric INTEGER NOT NULL REFERENCES metric (id),
  attempt INTEGER NOT NULL,
  step INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (metric, attempt, step)
) STRICT, WITHOUT ROWID;
CREATE TABLE point_bits (
  metric INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  step INTEGER NOT NULL,
  bits BLOB NOT NULL CHECK (length(bits) = 8),
  PRIMARY KEY (metric, attempt, step),
  FOREIGN KEY (metric, attempt, step) REFERENCES point (metric, attempt, step)
) STRICT, WITHOUT ROWID;
CREATE TABLE vector (
  metric INTEGER NOT NULL REFERENCES metric (id),
  attempt INTEGER NOT NULL,
  step INTEGER NOT NULL,
  components BLOB NOT NULL,
  UNIQUE (metric, attempt, step)
) STRICT;
CREATE TABLE step_time (
  attempt INTEGER NOT NULL,
  step INTEGER NOT NULL,
  wall_time_ms REAL NOT NULL,
  PRIMARY KEY (attempt, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE series_summary (
  metric INTEGER NOT NULL REFERENCES metric (id),
  attempt INTEGER NOT NULL,
  count INTEGER NOT NULL,
  first_step INTEGER NOT NULL,
  last_step INTEGER NOT NULL,
  min REAL,
  max REAL,
  sum REAL,
  first REAL,
  last REAL,
  nan_count INTEGER NOT NULL,
  positive_infinity_count INTEGER NOT NULL,
  negative_infinity_count INTEGER NOT NULL,
  PRIMARY KEY (metric, attempt)
) STRICT, WITHOUT ROWID;
CREATE TABLE pyramid (
  metric INTEGER NOT NULL REFERENCES metric (id),
  attempt INTEGER NOT NULL,
  level INTEGER NOT NULL CHECK (level >= 1),
  first_step INTEGER NOT NULL,
  nodes BLOB NOT NULL,
  UNIQUE (metric, attempt, level, first_step)
) STRICT;
CREATE TABLE checksum (
  content TEXT PRIMARY KEY,
  row_count INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT;

CREATE TABLE segment (
  from_step INTEGER PRIMARY KEY,
  to_step INTEGER,
  learning_rate REAL,
  momentum REAL,
  nesterov INTEGER,
  weight_decay REAL,
  batch_size REAL,
  sampling TEXT
) STRICT;
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  step INTEGER,
  wall_time_ms REAL NOT NULL,
  kind TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE TABLE checkpoint (
  file TEXT PRIMARY KEY,
  step INTEGER NOT NULL,
  wall_time_ms REAL NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;

CREATE VIEW scalars_of_every_attempt AS
SELECT metric.name AS metric, point.attempt, point.step, point.value, step_time.wall_time_ms
FROM point
JOIN metric ON metric.id = point.metric
LEFT JOIN step_time ON step_time.attempt = point.attempt AND step_time.step = point.step;

CREATE VIEW scalars AS
SELECT metric.name AS metric, point.step, point.value, step_time.wall_time_ms
FROM point
JOIN metric ON metric.id = point.metric
LEFT JOIN step_time ON step_time.attempt = point.attempt AND step_time.step = point.step
WHERE NOT EXISTS (
  SELECT 1 FROM attempt
  WHERE attempt.number > point.attempt AND attempt.from_step <= point.step
    AND (attempt.metric IS NULL OR attempt.metric = point.metric)
);
`,
}
