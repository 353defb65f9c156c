// tests/torture/blows.h: what is killed, round by round.
//
//   Blows blows({Blow::kEveryHub, Blow::kOneHub}, random);
//   switch (blows.Next()) { ... }

#ifndef CAREROUTE_TESTS_TORTURE_BLOWS_H_
#define CAREROUTE_TESTS_TORTURE_BLOWS_H_

#include <string>
#include <vector>

#include "lib/base/random.h"

namespace careroute::tests {

enum class Blow {
  kEveryHub,
  kOneHub,      // of several: the others serve on
  kConnection,  // of a hub to the database, at the server's end
  kServer,      // the database's, which is started again
};

// For the line of a round.
[[nodiscard]] std::string WordOf(Blow blow);

// For one thread.
class Blows {
 public:
  // At least one kind. `random` must outlive it.
  Blows(std::vector<Blow> kinds, base::Random& random);

  // Every kind comes once before any comes again, in an order of the seed's: a
  // short run has them all.
  [[nodiscard]] Blow Next();

 private:
  const std::vector<Blow> kinds_;
  base::Random& random_;
  std::vector<Blow> left_;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_BLOWS_H_
