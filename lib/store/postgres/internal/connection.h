// lib/store/postgres/internal/connection.h: one connection and its statements.
//
// A thin skin over libpq: statements are prepared once and kept, values are
// only ever bound, states become statuses.
//
//   CAREROUTE_ASSIGN_OR_RETURN(const Rows rows,
//                              db.Run(kSelectHead, Params(stream)));

#ifndef CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_CONNECTION_H_
#define CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_CONNECTION_H_

#include <libpq-fe.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lib/store/postgres/internal/head_cache.h"
#include "lib/store/postgres/internal/params.h"
#include "lib/store/postgres/internal/rows.h"

namespace careroute::store::postgres {

// A reader's statements are each one consistent view, and so are several that
// run together; all statements of a view are one, of the moment it was opened.
// A writer sees the newest commit with every statement. Upkeep writes too, and
// may take its time.
enum class Use { kRead, kView, kWrite, kUpkeep };

struct ConnectionOptions {
  std::string address;  // a URI or keywords, as libpq reads them
  Use use = Use::kRead;
  // What it reads and writes is remembered here; shared with the others.
  std::shared_ptr<HeadCache> heads;
};

// A statement of a reader or writer that takes longer is cut off by the server,
// which also bounds how long its transaction holds anything.
inline constexpr absl::Duration kStatementTimeout = absl::Seconds(10);

// Used by one thread at a time.
class Connection {
 public:
  // Blocks. UNAVAILABLE when nobody answers there or we are refused; the text
  // says which.
  [[nodiscard]] static absl::StatusOr<std::unique_ptr<Connection>> Open(
      const ConnectionOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // False once the server has gone, or a call left the connection in the middle
  // of something; looks whether the server went while nobody asked.
  [[nodiscard]] bool Alive();

  // Runs text of ours that takes and gives nothing, several statements if
  // need be, as one transaction.
  [[nodiscard]] absl::Status Execute(const std::string& sql);

  // One statement, one round trip; outside of a batch it is a transaction of
  // its own. `sql` must be a constant of the program. UNAVAILABLE, as
  // UnknownOutcome, when a writer's connection broke meanwhile.
  [[nodiscard]] absl::StatusOr<Rows> Run(const char* sql, const Params& params);

  // Statements one after the other in one round trip, each with its result or
  // the first failure. They are one transaction, which this ends.
  struct Statement {
    const char* sql;
    Params params;
  };
  [[nodiscard]] absl::StatusOr<std::vector<Rows>> RunTogether(
      const std::vector<Statement>& statements);

  // Null for upkeep.
  [[nodiscard]] HeadCache* heads() { return heads_.get(); }

  // For whoever waits on the socket itself.
  [[nodiscard]] PGconn* raw() { return raw_; }

 private:
  Connection(PGconn* raw, const ConnectionOptions& options)
      : raw_(raw), use_(options.use), heads_(options.heads) {}
  [[nodiscard]] absl::Status ApplySettings();
  [[nodiscard]] absl::Status Prepare(const char* sql, const Params& params);
  [[nodiscard]] absl::Status Send(const char* sql, const Params& params);
  [[nodiscard]] absl::StatusOr<std::vector<Rows>> Receive(size_t count);
  // Reads up to the server's word that the transaction has ended. A commit that
  // fails says so before it.
  [[nodiscard]] absl::Status AwaitEnd();
  // Of a call that the connection did not survive.
  [[nodiscard]] absl::Status Broken();

  PGconn* const raw_;
  const Use use_;
  bool spoiled_ = false;
  const std::shared_ptr<HeadCache> heads_;
  // By the address of the text, which is always a constant of the program.
  absl::flat_hash_set<const char*> prepared_;
};

}  // namespace careroute::store::postgres

#endif  // CAREROUTE_LIB_STORE_POSTGRES_INTERNAL_CONNECTION_H_
