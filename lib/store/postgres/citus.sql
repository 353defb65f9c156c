-- Turns the tables that `careroute migrate` made into distributed ones, on the
-- coordinator of a Citus cluster, before the first hub serves:
--
--   careroute migrate --store postgresql://coordinator/careroute
--   psql postgresql://coordinator/careroute -f citus.sql
--
-- A stream lies on one node with everything that belongs to it, so an append
-- is a transaction of one node. What is unique across streams lies on every
-- node. The schema has nothing in the way: every unique key of a distributed
-- table begins with the column it lies by, and there are no sequences, foreign
-- keys or triggers.

BEGIN;

SELECT create_reference_table('careroute_store');
SELECT create_reference_table('claims');
SELECT create_reference_table('blobs');

SELECT create_distributed_table('events', 'stream', colocate_with => 'none');
SELECT create_distributed_table('snapshots', 'stream',
                                colocate_with => 'events');
SELECT create_distributed_table('requests', 'stream',
                                colocate_with => 'events');
SELECT create_distributed_table('index_rows', 'stream',
                                colocate_with => 'events');
SELECT create_distributed_table('outbox', 'stream', colocate_with => 'events');
SELECT create_distributed_table('stream_keys', 'stream',
                                colocate_with => 'events');

COMMIT;
