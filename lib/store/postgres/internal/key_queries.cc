#include "lib/store/postgres/internal/key_queries.h"

#include <set>
#include <utility>

#include "lib/base/hash.h"
#include "lib/base/status_macros.h"
#include "lib/store/erasure_list.h"
#include "lib/store/errors.h"
#include "lib/store/request_check.h"

namespace careroute::store::postgres {
namespace {

constexpr char kSelectKey[] =
    "SELECT stream, wrapping_key, wrapped, destroyed FROM stream_keys "
    "WHERE stream = $1";
constexpr char kSelectKeys[] =
    "SELECT stream, wrapping_key, wrapped, destroyed FROM stream_keys "
    "WHERE stream > $1 ORDER BY stream LIMIT $2";
constexpr char kInsertKey[] =
    "INSERT INTO stream_keys (stream, wrapping_key, wrapped) "
    "VALUES ($1, $2, $3)";
constexpr char kUpdateKey[] =
    "UPDATE stream_keys SET wrapping_key = $2, wrapped = $3 "
    "WHERE stream = $1 AND wrapping_key = $4 AND destroyed IS NULL";
constexpr char kDestroyKey[] =
    "INSERT INTO stream_keys (stream, wrapping_key, wrapped, destroyed) "
    "VALUES ($1, 0, '', $2) ON CONFLICT (stream) DO UPDATE SET "
    "wrapping_key = 0, wrapped = '', destroyed = excluded.destroyed "
    "WHERE stream_keys.destroyed IS NULL";

constexpr char kInsertBlob[] =
    "INSERT INTO blobs (hash, kind, stored, bytes) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (hash) DO NOTHING";
constexpr char kSelectBlob[] = "SELECT kind, bytes FROM blobs WHERE hash = $1";
constexpr char kSelectBlobs[] =
    "SELECT hash, octet_length(bytes)::bigint, stored FROM blobs "
    "WHERE kind = $1 AND hash > $2 ORDER BY hash LIMIT $3";

absl::StatusOr<KeyRecord> KeyOf(const Rows& rows, int row) {
  CAREROUTE_ASSIGN_OR_RETURN(const StreamId owner, rows.Stream(row, 0));
  KeyRecord record{
      .owner = owner,
      .key = {.wrapping_key = static_cast<uint64_t>(rows.Int(row, 1)),
              .wrapped = rows.Bytes(row, 2)}};
  if (!rows.IsNull(row, 3)) record.destroyed = rows.Time(row, 3);
  return record;
}

}  // namespace

absl::StatusOr<std::vector<KeyRecord>> GetKeys(
    Connection& db, const std::vector<StreamId>& owners) {
  std::vector<Connection::Statement> statements;
  for (const StreamId& owner :
       std::set<StreamId>(owners.begin(), owners.end())) {
    statements.push_back({.sql = kSelectKey, .params = Params(owner)});
  }
  std::vector<KeyRecord> records;
  if (statements.empty()) return records;
  CAREROUTE_ASSIGN_OR_RETURN(const std::vector<Rows> found,
                             db.RunTogether(statements));
  for (const Rows& rows : found) {
    if (rows.size() == 0) continue;
    CAREROUTE_ASSIGN_OR_RETURN(KeyRecord record, KeyOf(rows, 0));
    records.push_back(std::move(record));
  }
  return records;
}

absl::StatusOr<KeyPage> ListKeys(Connection& db,
                                 const ListKeysRequest& request) {
  const std::string after =
      request.after.has_value() ? request.after->Bytes() : std::string();
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows rows,
      db.Run(kSelectKeys, Params(after, PageLimit(request.limit) + 1)));
  KeyPage page;
  PageFill fill(request.limit);
  for (int row = 0; row < rows.size(); ++row) {
    CAREROUTE_ASSIGN_OR_RETURN(KeyRecord record, KeyOf(rows, row));
    if (!fill.Take(record.key.wrapped.size())) {
      page.more = true;
      break;
    }
    page.keys.push_back(std::move(record));
  }
  return page;
}

absl::Status ReplaceKey(Connection& db, const ReplaceKeyRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows updated,
      db.Run(
          kUpdateKey,
          Params(request.owner, static_cast<int64_t>(request.key.wrapping_key),
                 request.key.wrapped,
                 static_cast<int64_t>(request.expected_wrapping_key))));
  if (updated.changed() > 0) return absl::OkStatus();
  CAREROUTE_ASSIGN_OR_RETURN(const Rows rows,
                             db.Run(kSelectKey, Params(request.owner)));
  if (rows.size() == 0) return KeyMissing();
  return rows.IsNull(0, 3) ? KeyChanged() : KeyDestroyed();
}

absl::Status NameErasure(const WriteContext& context, const StreamId& owner,
                         absl::Time now) {
  if (context.erasure_list.empty()) return absl::OkStatus();
  return AppendErasure(context.erasure_list, {.owner = owner, .time = now});
}

absl::Status DestroyKey(WriteContext& context,
                        const DestroyKeyRequest& request) {
  CAREROUTE_RETURN_IF_ERROR(NameErasure(context, request.owner, request.now));
  context.destroys_key = true;
  return context.db.Run(kDestroyKey, Params(request.owner, request.now))
      .status();
}

void AddKey(const AppendRequest& request, Batch& batch) {
  if (request.destroy_key) {
    batch.Add(kDestroyKey, Params(request.stream, request.recorded_time));
  }
  if (request.put_key.has_value()) {
    batch.Add(kInsertKey,
              Params(request.stream,
                     static_cast<int64_t>(request.put_key->wrapping_key),
                     request.put_key->wrapped));
  }
}

absl::StatusOr<std::string> PutBlob(Connection& db,
                                    const PutBlobRequest& request) {
  std::string hash = base::Sha256(request.bytes);
  CAREROUTE_RETURN_IF_ERROR(
      db.Run(kInsertBlob,
             Params(hash, request.kind, request.now, request.bytes))
          .status());
  return hash;
}

absl::StatusOr<std::optional<Blob>> GetBlob(Connection& db,
                                            const std::string& hash) {
  CAREROUTE_ASSIGN_OR_RETURN(const Rows rows,
                             db.Run(kSelectBlob, Params(hash)));
  if (rows.size() == 0) return std::optional<Blob>();
  Blob blob{.kind = static_cast<int32_t>(rows.Int(0, 0)),
            .bytes = rows.Bytes(0, 1)};
  if (base::Sha256(blob.bytes) != hash) return BlobDamaged();
  return std::optional<Blob>(std::move(blob));
}

absl::StatusOr<BlobPage> ListBlobs(Connection& db,
                                   const ListBlobsRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(
      const Rows rows,
      db.Run(kSelectBlobs, Params(request.kind, request.after,
                                  PageLimit(request.limit) + 1)));
  BlobPage page;
  PageFill fill(request.limit);
  for (int row = 0; row < rows.size(); ++row) {
    if (!fill.Take(0)) {
      page.more = true;
      break;
    }
    page.blobs.push_back({.hash = rows.Bytes(row, 0),
                          .kind = request.kind,
                          .size = rows.Int(row, 1),
                          .stored = rows.Time(row, 2)});
  }
  return page;
}

}  // namespace careroute::store::postgres
