-- The tables of a mirror. Programs should read the views below, which stay the same between versions.

create table meta (
  key text primary key,
  value text not null
) strict, without rowid;

-- One row for each object. The columns repeat what queries need; `raw` has the whole object.
create table object (
  num integer primary key,
  kind text not null,
  state text,          -- open, completed, wont_do; or the status of another kind
  card text,           -- what lists show of a task
  id text not null,
  owner text,          -- project of a task or column, task of a comment, habit of a check-in, folder of a project
  title text,
  parent text,
  lane text,           -- column of a task, section of a habit
  priority integer,
  starts text,         -- local date, or local date and time
  ends text,           -- the same; the due date of a task
  day text,            -- local date of `ends`
  finished text,       -- local date and time when a task was closed
  sort integer,
  -- The next columns are for tasks only.
  form text,           -- NOTE or CHECKLIST; null for a text
  tags text,           -- names, each on a line of its own
  modified_at integer, -- epoch milliseconds
  all_day integer,     -- 1 or null, as is the next one
  pinned integer,
  zone text,           -- time zone of the task
  items integer,       -- number of checklist items
  items_done integer,
  repeats text,        -- recurrence rule
  read_at integer not null,  -- epoch milliseconds
  ours integer         -- epoch milliseconds of a write of ours that no sync has shown yet
) strict;
create unique index object_id on object (kind, id);
create index object_owner on object (owner) where owner is not null;
-- Only tasks are open.
create index object_day on object (day) where state = 'open' and day is not null;
-- The few tasks that last several days. Most of them begin later than today.
create index object_span on object (starts, day) where state = 'open' and starts < day;
create index object_parent on object (parent) where parent is not null;
create index object_finished on object (finished) where finished is not null;
create index object_ours on object (ours) where ours is not null;

-- The text of each object, byte for byte as the service sent it.
create table raw (
  num integer primary key,
  json text not null
) strict;

-- Objects that we deleted, so that an early answer does not bring them back.
create table gone (
  kind text not null,
  id text not null,
  at integer not null,
  primary key (kind, id)
) strict, without rowid;

-- Tasks and comments whose text is not in the search index yet.
create table unindexed (
  num integer primary key
) strict;

-- Han, kana and hangul are separated by spaces before they are stored here, so that every character is a word. A row is
-- the place of a task. Places are read from the last one, so that the first matches are found without looking at others.
create virtual table words using fts5 (
  title, content, items, comments,
  content = '', contentless_delete = 1, prefix = '1 2', tokenize = 'unicode61 remove_diacritics 2'
);

-- The places of tasks in the search index: open tasks after all others, and those changed later after those before.
create table place (
  num integer primary key,
  place integer not null unique
) strict;

-- What this client wrote.
create table journal (
  id integer primary key,
  at integer not null,        -- epoch milliseconds
  operation text not null,
  command text not null,      -- what asked for the write
  run text not null,          -- entries of one command have the same run
  outcome text not null check (outcome in ('sent', 'done', 'refused', 'unknown', 'not applied')),
  error text,
  undoes integer              -- entry that this one undid
) strict;

create table journal_item (
  entry integer not null references journal (id) on delete cascade,
  position integer not null,
  kind text not null,
  id text not null,
  owner text,                 -- task of a comment
  action text not null check (action in ('create', 'update', 'delete')),
  before text,
  after text,
  outcome text not null check (outcome in ('sent', 'done', 'refused', 'unknown', 'not applied')),
  primary key (entry, position)
) strict, without rowid;
create index journal_item_object on journal_item (kind, id);
