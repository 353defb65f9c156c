#include "services/hub/show_keys.h"

#include "absl/strings/str_cat.h"
#include "lib/registry/public_key.h"
#include "services/command/table.h"

namespace careroute::services {
namespace {

using registry::Key;
using registry::KeyUse;

std::string WordOf(KeyUse use) {
  switch (use) {
    case KeyUse::kWrapping:
      return "wrapping";
    case KeyUse::kBlindIndex:
      return "blind index";
    case KeyUse::kSigning:
      return "signing";
  }
  return "";
}

std::string DaysSince(absl::Time made, absl::Time now) {
  const int64_t days = absl::ToInt64Hours(now - made) / 24;
  return absl::StrCat(days, days == 1 ? " day" : " days");
}

}  // namespace

std::string ShowKeys(const registry::KeyRing& ring, absl::Time now,
                     const Screen& screen) {
  Table table({"Use", "Id", "Made", "Age", ""});
  std::string lines;
  for (const KeyUse use : registry::kKeyUses) {
    for (const Key* key : ring.Readable(use)) {
      table.Add(
          {.cells = {
               WordOf(use), registry::KeyIdHex(key->id),
               absl::FormatTime("%Y-%m-%d", key->created, absl::UTCTimeZone()),
               DaysSince(key->created, now), key->active ? "active" : "old"}});
      if (use != KeyUse::kSigning) continue;
      absl::StrAppend(&lines, registry::ToText(registry::PublicKeyOf(*key)),
                      "\n");
    }
  }
  return absl::StrCat(table.Print(screen),
                      "\nfor signing_keys at peers, the active one first:\n",
                      lines);
}

std::string SigningKeyLine(const registry::KeyRing& ring) {
  return registry::ToText(registry::PublicKeyOf(ring.Active(KeyUse::kSigning)));
}

}  // namespace careroute::services
