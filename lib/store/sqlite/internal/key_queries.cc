#include "lib/store/sqlite/internal/key_queries.h"

#include <set>
#include <utility>

#include "lib/base/hash.h"
#include "lib/base/status_macros.h"
#include "lib/store/erasure_list.h"
#include "lib/store/errors.h"
#include "lib/store/request_check.h"

namespace careroute::store::internal {
namespace {

constexpr char kSelectKey[] =
    "SELECT stream, wrapping_key, wrapped, destroyed FROM stream_keys "
    "WHERE stream = ?";
constexpr char kSelectKeys[] =
    "SELECT stream, wrapping_key, wrapped, destroyed FROM stream_keys "
    "WHERE stream > ? ORDER BY stream LIMIT ?";
constexpr char kInsertKey[] =
    "INSERT INTO stream_keys (stream, wrapping_key, wrapped, destroyed) "
    "VALUES (?, ?, ?, NULL)";
constexpr char kUpdateKey[] =
    "UPDATE stream_keys SET wrapping_key = ?, wrapped = ? WHERE stream = ?";
constexpr char kDestroyKey[] =
    "INSERT INTO stream_keys (stream, wrapping_key, wrapped, destroyed) "
    "VALUES (?, 0, x'', ?) ON CONFLICT (stream) DO UPDATE SET "
    "wrapping_key = 0, wrapped = x'', destroyed = excluded.destroyed "
    "WHERE stream_keys.destroyed IS NULL";

constexpr char kInsertBlob[] =
    "INSERT INTO blobs (hash, kind, stored, bytes) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (hash) DO NOTHING";
constexpr char kSelectBlob[] = "SELECT kind, bytes FROM blobs WHERE hash = ?";
constexpr char kSelectBlobs[] =
    "SELECT hash, length(bytes), stored FROM blobs "
    "WHERE kind = ? AND hash > ? ORDER BY hash LIMIT ?";

absl::StatusOr<KeyRecord> KeyOf(const Query& query) {
  CAREROUTE_ASSIGN_OR_RETURN(const StreamId owner, query.Stream(0));
  KeyRecord record{.owner = owner,
                   .key = {.wrapping_key = static_cast<uint64_t>(query.Int(1)),
                           .wrapped = query.Bytes(2)}};
  if (!query.IsNull(3)) {
    record.destroyed = query.Time(3);
  }
  return record;
}

absl::StatusOr<std::optional<KeyRecord>> FindKey(Connection& db,
                                                 const StreamId& owner) {
  Query query(db, kSelectKey);
  query.Bind(owner);
  CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) {
    return std::optional<KeyRecord>();
  }
  CAREROUTE_ASSIGN_OR_RETURN(KeyRecord record, KeyOf(query));
  return std::optional<KeyRecord>(std::move(record));
}

absl::Status InsertKey(Connection& db, const StreamId& owner,
                       const WrappedKey& key) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::optional<KeyRecord> present,
                             FindKey(db, owner));
  if (present.has_value()) {
    return present->destroyed.has_value() ? KeyDestroyed() : KeyExists();
  }
  Query query(db, kInsertKey);
  query.Bind(owner, static_cast<int64_t>(key.wrapping_key), key.wrapped);
  return query.Run();
}

}  // namespace

absl::StatusOr<std::vector<KeyRecord>> GetKeys(
    Connection& db, const std::vector<StreamId>& owners) {
  std::vector<KeyRecord> records;
  for (const StreamId& owner :
       std::set<StreamId>(owners.begin(), owners.end())) {
    CAREROUTE_ASSIGN_OR_RETURN(std::optional<KeyRecord> record,
                               FindKey(db, owner));
    if (record.has_value()) {
      records.push_back(*std::move(record));
    }
  }
  return records;
}

absl::StatusOr<KeyPage> ListKeys(Connection& db,
                                 const ListKeysRequest& request) {
  const std::string after =
      request.after.has_value() ? request.after->Bytes() : std::string();
  Query query(db, kSelectKeys);
  query.Bind(after, PageLimit(request.limit) + 1);
  KeyPage page;
  PageFill fill(request.limit);
  while (true) {
    CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) {
      return page;
    }
    CAREROUTE_ASSIGN_OR_RETURN(KeyRecord record, KeyOf(query));
    if (!fill.Take(record.key.wrapped.size())) {
      page.more = true;
      return page;
    }
    page.keys.push_back(std::move(record));
  }
}

absl::Status ReplaceKey(Connection& db, const ReplaceKeyRequest& request) {
  CAREROUTE_ASSIGN_OR_RETURN(const std::optional<KeyRecord> present,
                             FindKey(db, request.owner));
  if (!present.has_value()) {
    return KeyMissing();
  }
  if (present->destroyed.has_value()) {
    return KeyDestroyed();
  }
  if (present->key.wrapping_key != request.expected_wrapping_key) {
    return KeyChanged();
  }
  Query query(db, kUpdateKey);
  query.Bind(static_cast<int64_t>(request.key.wrapping_key),
             request.key.wrapped, request.owner);
  return query.Run();
}

absl::Status DestroyKey(WriteContext& context,
                        const DestroyKeyRequest& request) {
  if (!context.erasure_list.empty()) {
    CAREROUTE_RETURN_IF_ERROR(
        AppendErasure(std::string(context.erasure_list),
                      {.owner = request.owner, .time = request.now}));
  }
  context.empty_log = true;
  Query query(context.db, kDestroyKey);
  query.Bind(request.owner, request.now);
  return query.Run();
}

absl::Status WriteKey(Connection& db, const AppendRequest& request) {
  if (request.put_key.has_value()) {
    return InsertKey(db, request.stream, *request.put_key);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> PutBlob(Connection& db,
                                    const PutBlobRequest& request) {
  std::string hash = base::Sha256(request.bytes);
  Query query(db, kInsertBlob);
  query.Bind(hash, request.kind, request.now, request.bytes);
  CAREROUTE_RETURN_IF_ERROR(query.Run());
  return hash;
}

absl::StatusOr<std::optional<Blob>> GetBlob(Connection& db,
                                            const std::string& hash) {
  Query query(db, kSelectBlob);
  query.Bind(hash);
  CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) {
    return std::optional<Blob>();
  }
  Blob blob{.kind = static_cast<int32_t>(query.Int(0)),
            .bytes = query.Bytes(1)};
  if (base::Sha256(blob.bytes) != hash) {
    return BlobDamaged();
  }
  return std::optional<Blob>(std::move(blob));
}

absl::StatusOr<BlobPage> ListBlobs(Connection& db,
                                   const ListBlobsRequest& request) {
  Query query(db, kSelectBlobs);
  query.Bind(request.kind, request.after, PageLimit(request.limit) + 1);
  BlobPage page;
  PageFill fill(request.limit);
  while (true) {
    CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) {
      return page;
    }
    if (!fill.Take(0)) {
      page.more = true;
      return page;
    }
    page.blobs.push_back({.hash = query.Bytes(0),
                          .kind = request.kind,
                          .size = query.Int(1),
                          .stored = query.Time(2)});
  }
}

}  // namespace careroute::store::internal
