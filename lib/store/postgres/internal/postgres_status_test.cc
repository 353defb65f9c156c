#include "lib/store/postgres/internal/postgres_status.h"

#include "gtest/gtest.h"

namespace careroute::store::postgres {
namespace {

struct Row {
  absl::string_view state;
  absl::StatusCode code;
};

TEST(PostgresStatus, TellsWhoMustDoWhat) {
  for (const Row& row : {
           Row{"23505", absl::StatusCode::kAlreadyExists},
           Row{"40001", absl::StatusCode::kAborted},
           Row{"40P01", absl::StatusCode::kAborted},
           Row{"53100", absl::StatusCode::kResourceExhausted},
           Row{"53200", absl::StatusCode::kResourceExhausted},
           Row{"53300", absl::StatusCode::kUnavailable},
           Row{"57014", absl::StatusCode::kUnavailable},
           Row{"57P01", absl::StatusCode::kUnavailable},
           Row{"08006", absl::StatusCode::kUnavailable},
           Row{"58030", absl::StatusCode::kUnavailable},
           Row{"28P01", absl::StatusCode::kFailedPrecondition},
           Row{"42P01", absl::StatusCode::kFailedPrecondition},
           Row{"42501", absl::StatusCode::kFailedPrecondition},
           Row{"25006", absl::StatusCode::kFailedPrecondition},
           Row{"XX001", absl::StatusCode::kDataLoss},
           Row{"22012", absl::StatusCode::kInternal},
       }) {
    const absl::Status status = StatusOfSqlState(row.state);
    EXPECT_EQ(status.code(), row.code) << row.state;
    EXPECT_NE(status.message().find(row.state), absl::string_view::npos);
  }
}

}  // namespace
}  // namespace careroute::store::postgres
