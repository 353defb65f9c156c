#include "tests/bench/rows.h"

#include <iterator>
#include <utility>

namespace careroute::bench {

std::vector<Row> AllRows() {
  std::vector<Row> all;
  for (auto* const family :
       {DecideRows, SqliteRows, PostgresRows, GrpcRows, HubRows, GrowthRows,
        ReadRows, WatchRows, ExchangeRows, BindingRows}) {
    std::vector<Row> rows = family();
    std::move(rows.begin(), rows.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace careroute::bench
