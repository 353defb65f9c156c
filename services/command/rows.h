// services/command/rows.h: the rows of a reply about many cases.
//
// Each row holds a refusal when nothing could be done with its case.

#ifndef CAREROUTE_SERVICES_COMMAND_ROWS_H_
#define CAREROUTE_SERVICES_COMMAND_ROWS_H_

namespace careroute::services {

// Its `posts`, or its `cases` where it has none.
template <typename Response>
const auto& RowsOf(const Response& reply) {
  if constexpr (requires { reply.posts(); }) {
    return reply.posts();
  } else {
    return reply.cases();
  }
}

template <typename Response>
int CountRefused(const Response& reply) {
  int refused = 0;
  for (const auto& row : RowsOf(reply)) refused += row.has_refusal() ? 1 : 0;
  return refused;
}

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_ROWS_H_
