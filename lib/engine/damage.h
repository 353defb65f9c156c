// lib/engine/damage.h: what can be wrong with the records, in words.
//
//   for (const Damage& one : verification.damages) {
//     out << NameOf(one.stream) << "@" << one.version << ": "
//         << WordsOf(one.kind, "en") << "\n";
//   }

#ifndef CAREROUTE_LIB_ENGINE_DAMAGE_H_
#define CAREROUTE_LIB_ENGINE_DAMAGE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "careroute/model/v1/access.pb.h"
#include "lib/store/stream_id.h"

namespace careroute::engine {

enum class DamageKind : std::uint8_t {
  kMissing,       // an entry between others
  kChanged,       // an entry is another one, or stands elsewhere
  kHeadUnfit,     // the stream's head is not that of its entries
  kOtherHistory,  // a checkpoint witnessed another one
  kCutOff,        // entries that were witnessed, at the end
  kGone,          // a stream that was witnessed
  // Of a checkpoint: it cannot be read; its signature does not fit; its key is
  // not among those given; it does not go on from the one before.
  kUnreadable,
  kForged,
  kUnknownKey,
  kUnlinked,
  // Witnessed elsewhere before the store was put back from a backup: what the
  // backup did not hold is lost, and that is no news.
  kForgotten,
};

struct Damage {
  store::StreamId stream;
  // Of the first wrong entry; 0 = the record as a whole.
  int64_t version = 0;
  DamageKind kind = DamageKind::kChanged;

  friend bool operator==(const Damage&, const Damage&) = default;
};

// "cases/{case}", "access_logs/{process}", ...
[[nodiscard]] std::string NameOf(const store::StreamId& stream);

// Stable, for programs: "ENTRY_CHANGED".
[[nodiscard]] std::string CodeOf(DamageKind kind);

// A sentence in `language`, "ru" or else English.
[[nodiscard]] std::string WordsOf(DamageKind kind, absl::string_view language);

// In English, as AuditService answers.
[[nodiscard]] model::v1::Damage ToProto(const Damage& damage);

}  // namespace careroute::engine

#endif  // CAREROUTE_LIB_ENGINE_DAMAGE_H_
