// tests/torture/mishap.h: what goes wrong with one direction of a connection.
//
// Drawn when the connection is made: what it is, and after how many bytes it
// begins. Knows no sockets and no clock.
//
//   Mishap mishap = Mishap::Draw(random);
//   for (const Part& part : mishap.Meet(bytes)) { ... send it after its pause }
//   if (mishap.hangs_up()) { ... both ends are hung up }

#ifndef CAREROUTE_TESTS_TORTURE_MISHAP_H_
#define CAREROUTE_TESTS_TORTURE_MISHAP_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "lib/base/random.h"

namespace careroute::tests {

enum class MishapKind {
  kNone,
  kDelay,    // every part comes late
  kHalve,    // every part comes in two, with a pause between
  kFlip,     // one bit is another
  kSwallow,  // nothing comes any more, and nobody says so
  kCut,      // the connection ends in the middle
};
inline constexpr size_t kMishapKinds = 6;

// Parts never come later than this.
inline constexpr absl::Duration kPauseMax = absl::Milliseconds(200);

class Mishap {
 public:
  // What goes on; its pause counts from when the part before it went.
  struct Part {
    std::string bytes;
    absl::Duration pause;
  };

  // Nothing goes wrong.
  Mishap() = default;
  struct Plan {
    MishapKind kind = MishapKind::kNone;
    size_t after = 0;  // bytes; of a flip, which one
    absl::Duration pause;
    int bit = 0;  // of the byte that is flipped
  };
  explicit Mishap(const Plan& plan) : plan_(plan) {}
  // Early ones hit the handshake, late ones what is sent.
  [[nodiscard]] static Mishap Draw(base::Random& random);

  // What goes on of the bytes that came, in order.
  [[nodiscard]] std::vector<Part> Meet(const std::string& bytes);

  [[nodiscard]] MishapKind kind() const { return plan_.kind; }
  // Whether it has begun.
  [[nodiscard]] bool happened() const { return happened_; }
  // Whether the connection is to end now.
  [[nodiscard]] bool hangs_up() const {
    return happened_ && plan_.kind == MishapKind::kCut;
  }

 private:
  [[nodiscard]] std::vector<Part> Begun(std::string bytes);

  Plan plan_;
  size_t met_ = 0;
  bool happened_ = false;
};

}  // namespace careroute::tests

#endif  // CAREROUTE_TESTS_TORTURE_MISHAP_H_
