-- The documented views. Created again whenever a file is opened by another version.
--
-- Each process that opens the file parses them, so they are short: names are qualified only where they are ambiguous.
-- Most objects are tasks, and SQLite must know it: an index of kinds takes longer than the table. A left join with the
-- texts costs nothing if a query does not read them.

create view projects as
select id, title as name, (select title from object where kind = 'folder' and id = o.owner) as folder,
       json ->> 'color' as color, json ->> 'viewMode' as view, coalesce(json ->> 'closed', 0) as archived, sort
from object o left join raw using (num) where kind = 'project'
union all
select value, 'Inbox', null, null, null, 0, null from meta where key = 'inbox';

create view folders as
select id, title as name, sort from object where kind = 'folder';

create view columns as
select id, title as name, (select name from projects where id = o.owner) as project, owner as project_id, sort
from object o where kind = 'column';

create view tags as
select id as name, title as label, parent, json ->> 'color' as color, sort
from object left join raw using (num) where kind = 'tag';

create view filters as
select id, title as name, json ->> 'rule' as rule, sort
from object left join raw using (num) where kind = 'filter';

create view all_tasks as
select o.id, title, name as project, folder,
       (select title from object where kind = 'column' and id = o.lane) as "column",
       (select title from object where kind = 'task' and id = o.parent) as parent, state,
       case form when 'NOTE' then 'note' else 'task' end as kind,
       case priority when 5 then 'high' when 3 then 'medium' when 1 then 'low' else 'none' end as priority,
       starts as start, ends as due, day as due_day, finished as completed, replace(tags, char(10), ' ') as tags,
       repeats as repeat, json ->> 'content' as content, owner as project_id, parent as parent_id,
       lane as column_id, o.sort, json, zone, coalesce(all_day, 0) as all_day, coalesce(pinned, 0) as pinned, items,
       items_done, datetime(modified_at / 1000, 'unixepoch') as modified_utc
from object o left join raw using (num) left join projects p on p.id = owner
where likely(kind = 'task');

create view tasks as select * from all_tasks where state = 'open';

create view closed as select * from all_tasks where state <> 'open';

create view items as
select item.value ->> 'id' as id, item.value ->> 'title' as title, o.title as task, o.id as task_id,
       item.key as position, coalesce(item.value ->> 'status', 0) <> 0 as done
from object o join raw using (num), json_each(raw.json, '$.items') item
where likely(kind = 'task');

create view task_tags as
select value as tag, title as task, o.id as task_id, state
from object o, json_each('["' || replace(replace(replace(tags, '\', '\\'), '"', '\"'), char(10), '","') || '"]')
where tags is not null;

create view habits as
select id, title as name, (select title from object where kind = 'section' and id = o.lane) as section, state,
       json ->> 'goal' as goal, json ->> 'unit' as unit, json ->> 'repeatRule' as repeat, sort
from object o left join raw using (num) where kind = 'habit';

create view checkins as
select day, (select title from object where kind = 'habit' and id = o.owner) as habit, state,
       json ->> 'value' as value, json ->> 'goal' as goal, owner as habit_id
from object o left join raw using (num) where kind = 'checkin';

create view focus as
select id, starts as start, ends as "end", day, title as task, state, json ->> 'pauseDuration' as paused_seconds,
       round((julianday(ends) - julianday(starts)) * 1440 - coalesce(json ->> 'pauseDuration', 0) / 60.0) as minutes,
       json ->> 'note' as note
from object left join raw using (num) where kind = 'focus';

create view countdowns as
select id, title as name, day, json ->> 'remark' as note
from object left join raw using (num) where kind = 'countdown';

create view comments as
select id, starts as at, (select title from object where kind = 'task' and id = o.owner) as task, title as text,
       owner as task_id
from object o where kind = 'comment';

create view writes as
select j.id as entry, command, operation, kind, i.id, action, i.outcome, datetime(at / 1000, 'unixepoch') as at_utc,
       coalesce(after ->> 'title', after ->> 'name', before ->> 'title', before ->> 'name') as title
from journal j left join journal_item i on entry = j.id;
