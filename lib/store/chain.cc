#include "lib/store/chain.h"

#include "lib/base/hash.h"

namespace careroute::store {

const std::string& ChainStart() {
  // Never destroyed: streams may be read while the process ends.
  static const std::string* const kStart =
      new std::string(base::kSha256Size, '\0');
  return *kStart;
}

std::string ChainHash(const ChainLink& link) {
  base::Sha256Hasher hasher;
  hasher.Update(link.previous);
  hasher.Update(link.stored);
  return hasher.Finish();
}

}  // namespace careroute::store
