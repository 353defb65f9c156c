#include "lib/store/postgres/internal/connection.h"

#include <poll.h>

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/store/postgres/internal/postgres_status.h"

namespace careroute::store::postgres {
namespace {

constexpr int kBinary = 1;

// libpq's own default is to wait for ever.
constexpr char kConnectSeconds[] = "5";

// What a server that is set up otherwise must not change for us.
constexpr char kSettings[] =
    "SET client_encoding = 'UTF8';"
    "SET default_transaction_deferrable = off;"
    "SET synchronous_commit = on;";
constexpr char kReaderSettings[] =
    "SET default_transaction_isolation = 'repeatable read';"
    "SET default_transaction_read_only = on";
// The first statement after it takes the snapshot, so this has one.
constexpr char kOpenView[] =
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1";
constexpr char kWriterSettings[] =
    "SET default_transaction_isolation = 'read committed';"
    "SET default_transaction_read_only = off";

std::string NameOf(const char* sql) {
  return absl::StrCat("c", absl::Hex(reinterpret_cast<uintptr_t>(sql)));
}

ResultPtr Next(PGconn* raw) { return ResultPtr(PQgetResult(raw)); }

// A wait for the whole answer; what comes after the first failure is dropped.
absl::Status Drain(PGconn* raw) {
  absl::Status status;
  while (ResultPtr result = Next(raw)) {
    absl::Status one = StatusOfResult(result.get());
    if (status.ok()) status = std::move(one);
  }
  return status;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(
    const ConnectionOptions& options) {
  const char* const keywords[] = {"connect_timeout", "application_name",
                                  "dbname", nullptr};
  // Ours come first: what the address says itself wins over them.
  const char* const values[] = {kConnectSeconds, "careroute",
                                options.address.c_str(), nullptr};
  PGconn* raw = PQconnectdbParams(keywords, values, /*expand_dbname=*/1);
  std::unique_ptr<Connection> connection(new Connection(raw, options));
  if (PQstatus(raw) != CONNECTION_OK) {
    // libpq gives no state for a connection that was refused; its text names
    // host, database and user.
    std::string why = PQerrorMessage(raw);
    absl::StripTrailingAsciiWhitespace(&why);
    return absl::UnavailableError(
        absl::StrCat(std::string(ConnectionLost().message()), " (", why, ")"));
  }
  CAREROUTE_RETURN_IF_ERROR(connection->ApplySettings());
  return connection;
}

Connection::~Connection() { PQfinish(raw_); }

absl::Status Connection::ApplySettings() {
  // The server's notices go nowhere: errors carry what matters.
  PQsetNoticeReceiver(
      raw_, [](void*, const PGresult*) {}, nullptr);
  CAREROUTE_RETURN_IF_ERROR(Execute(kSettings));
  if (use_ == Use::kView) return Execute(kOpenView);
  if (use_ != Use::kUpkeep) {
    const int64_t limit = absl::ToInt64Milliseconds(kStatementTimeout);
    CAREROUTE_RETURN_IF_ERROR(Execute(
        absl::StrCat("SET statement_timeout = ", limit,
                     "; SET idle_in_transaction_session_timeout = ", limit)));
  }
  return Execute(use_ == Use::kRead ? kReaderSettings : kWriterSettings);
}

bool Connection::Alive() {
  if (spoiled_ || PQstatus(raw_) != CONNECTION_OK) return false;
  // A server that goes says why before it closes, so that there is something to
  // read from a connection nobody answers on any more. Mostly there is nothing,
  // which this finds with one call of the system before every write.
  pollfd look{.fd = PQsocket(raw_), .events = POLLIN | POLLRDHUP, .revents = 0};
  if (poll(&look, 1, /*timeout=*/0) == 0) return true;
  return (look.revents & ~POLLIN) == 0 && PQconsumeInput(raw_) == 1;
}

absl::Status Connection::Broken() {
  spoiled_ = true;
  const bool reads = use_ == Use::kRead || use_ == Use::kView;
  return reads ? ConnectionLost() : UnknownOutcome();
}

absl::Status Connection::Execute(const std::string& sql) {
  if (PQsendQuery(raw_, sql.c_str()) != 1) return ConnectionLost();
  const absl::Status status = Drain(raw_);
  return PQstatus(raw_) == CONNECTION_OK ? status : Broken();
}

absl::Status Connection::Prepare(const char* sql, const Params& params) {
  if (prepared_.contains(sql)) return absl::OkStatus();
  const Params::Wire wire = params.ToWire();
  const ResultPtr result(PQprepare(raw_, NameOf(sql).c_str(), sql,
                                   static_cast<int>(wire.types.size()),
                                   wire.types.data()));
  CAREROUTE_RETURN_IF_ERROR(StatusOfResult(result.get()));
  prepared_.insert(sql);
  return absl::OkStatus();
}

absl::Status Connection::Send(const char* sql, const Params& params) {
  const Params::Wire wire = params.ToWire();
  const int sent = PQsendQueryPrepared(
      raw_, NameOf(sql).c_str(), static_cast<int>(wire.values.size()),
      wire.values.data(), wire.lengths.data(), wire.formats.data(), kBinary);
  return sent == 1 ? absl::OkStatus() : ConnectionLost();
}

absl::StatusOr<Rows> Connection::Run(const char* sql, const Params& params) {
  CAREROUTE_RETURN_IF_ERROR(Prepare(sql, params));
  CAREROUTE_RETURN_IF_ERROR(Send(sql, params));
  ResultPtr result = Next(raw_);
  const absl::Status drained = Drain(raw_);
  if (PQstatus(raw_) != CONNECTION_OK) return Broken();
  CAREROUTE_RETURN_IF_ERROR(StatusOfResult(result.get()));
  CAREROUTE_RETURN_IF_ERROR(drained);
  return Rows(std::move(result));
}

absl::StatusOr<std::vector<Rows>> Connection::RunTogether(
    const std::vector<Statement>& statements) {
  for (const Statement& statement : statements) {
    CAREROUTE_RETURN_IF_ERROR(Prepare(statement.sql, statement.params));
  }
  if (PQenterPipelineMode(raw_) != 1) return ConnectionLost();
  absl::Status sent;
  for (const Statement& statement : statements) {
    if (sent.ok()) sent = Send(statement.sql, statement.params);
  }
  // Nothing is committed before the server has seen this.
  if (!sent.ok() || PQpipelineSync(raw_) != 1) {
    spoiled_ = true;
    return ConnectionLost();
  }
  absl::StatusOr<std::vector<Rows>> rows = Receive(statements.size());
  if (PQstatus(raw_) != CONNECTION_OK || PQexitPipelineMode(raw_) != 1) {
    return Broken();
  }
  return rows;
}

// Nothing ends an answer. Twice in turn it says that no more will come: the
// last words of a server that was killed took the place of the end.
absl::Status Connection::AwaitEnd() {
  absl::Status status;
  bool nothing = false;
  while (PQstatus(raw_) == CONNECTION_OK) {
    const ResultPtr result = Next(raw_);
    if (result == nullptr && std::exchange(nothing, true)) break;
    if (result == nullptr) continue;
    nothing = false;
    if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) return status;
    if (status.ok()) status = StatusOfResult(result.get());
  }
  spoiled_ = true;
  return ConnectionLost();
}

absl::StatusOr<std::vector<Rows>> Connection::Receive(size_t count) {
  std::vector<Rows> all;
  all.reserve(count);
  absl::Status status;
  for (size_t i = 0; i < count; ++i) {
    ResultPtr result = Next(raw_);
    // The first failure is the reason of all that follow it.
    if (status.ok()) status = StatusOfResult(result.get());
    const absl::Status rest = Drain(raw_);
    if (status.ok()) status = rest;
    all.emplace_back(std::move(result));
  }
  const absl::Status ended = AwaitEnd();
  if (status.ok()) status = ended;
  CAREROUTE_RETURN_IF_ERROR(status);
  return all;
}

}  // namespace careroute::store::postgres
