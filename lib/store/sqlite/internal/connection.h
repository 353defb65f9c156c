// lib/store/sqlite/internal/connection.h: one connection and its statements.
//
// A thin skin over the C interface: statements are prepared once and kept,
// values are only ever bound, codes become statuses.
//
//   Query query(db, kSelectHead);
//   query.Bind(stream.Bytes());
//   CAREROUTE_ASSIGN_OR_RETURN(const bool found, query.Step());
//   if (found) head.version = query.Int(0);

#ifndef CAREROUTE_LIB_STORE_SQLITE_INTERNAL_CONNECTION_H_
#define CAREROUTE_LIB_STORE_SQLITE_INTERNAL_CONNECTION_H_

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "lib/store/stream_id.h"

namespace careroute::store::internal {

enum class OpenMode { kOwner, kReader };

struct ConnectionOptions {
  std::string path;
  OpenMode mode = OpenMode::kReader;
  std::string vfs;  // empty: SQLite's own
};

// Used by one thread at a time. Owns its statements.
class Connection {
 public:
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Connection>> Open(
      const ConnectionOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs text of ours that returns nothing, several statements if need be.
  [[nodiscard]] absl::Status Execute(const char* sql);

  // The code of the last statement that failed, as StatusOfCode takes it.
  [[nodiscard]] int last_code() const { return last_code_; }
  // Rows the last statement changed.
  [[nodiscard]] int64_t changed() const;
  // Steps its statements spent on reading whole tables, sorting, or building
  // an index for one use. They would grow with the store, so a test holds
  // every statement to none.
  [[nodiscard]] int64_t unindexed_steps() const;
  // False when SQLite has given up the transaction by itself.
  [[nodiscard]] bool in_transaction() const;

 private:
  friend class Query;
  explicit Connection(sqlite3* db) : db_(db) {}
  [[nodiscard]] absl::Status ApplySettings(OpenMode mode);
  [[nodiscard]] absl::StatusOr<sqlite3_stmt*> Prepared(const char* sql);

  // The status of a statement's code, which is remembered when it failed.
  [[nodiscard]] absl::Status Remember(int code);

  sqlite3* db_;
  int last_code_ = 0;
  // By the address of the text, which is always a constant of the program.
  absl::flat_hash_map<const char*, sqlite3_stmt*> statements_;
};

// One use of a prepared statement; gives it back when destroyed. `sql` must be
// a constant of the program. At most one Query of the same text at a time. An
// error of preparing or binding comes out of Step or Run.
class Query {
 public:
  Query(Connection& db, const char* sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // Binds all parameters in order. Strings are not copied: they must live
  // until the last Step, which is why a temporary one does not compile.
  template <typename... Values>
  void Bind(Values&&... values) {
    int place = 0;
    (BindOne(++place, std::forward<Values>(values)), ...);
  }

  // True when there is a row to read, false after the last one.
  [[nodiscard]] absl::StatusOr<bool> Step();
  // For statements without rows.
  [[nodiscard]] absl::Status Run();
  // Prepares for another Bind and Run with other values.
  void Reset();

  // Columns of the current row, from 0.
  [[nodiscard]] int64_t Int(int column) const;
  [[nodiscard]] std::string Bytes(int column) const;
  [[nodiscard]] bool IsNull(int column) const;
  [[nodiscard]] absl::Time Time(int column) const;
  // DATA_LOSS when the bytes name no stream.
  [[nodiscard]] absl::StatusOr<StreamId> Stream(int column) const;

 private:
  void BindOne(int place, int64_t value);
  void BindOne(int place, absl::string_view bytes);
  void BindOne(int place, absl::Time value);
  void BindOne(int place, const StreamId& value);
  void BindOne(int place, const std::optional<std::string>& value);
  void BindOne(int place, std::optional<std::string>&& value) = delete;
  void BindOne(int place, const std::string& bytes) {
    BindOne(place, absl::string_view(bytes));
  }
  void BindOne(int place, std::string&& bytes) = delete;
  void BindOne(int place, int32_t value) {
    BindOne(place, static_cast<int64_t>(value));
  }
  void Note(int code);

  Connection& db_;
  sqlite3_stmt* statement_ = nullptr;
  absl::Status status_;
};

}  // namespace careroute::store::internal

#endif  // CAREROUTE_LIB_STORE_SQLITE_INTERNAL_CONNECTION_H_
