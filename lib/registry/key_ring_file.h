// lib/registry/key_ring_file.h: the key-ring's file.
//
// A file of mode 0600 outside the database. It is written beside its place,
// forced to the disk and only then put there, so that a crash leaves the old
// file or the new one, never half of one. Every error names the key-ring file
// and what would mend it.
//
//   CreateKeyRingFile("hub.keys", KeyRing::Generate(random, clock.Now()));
//   CAREROUTE_ASSIGN_OR_RETURN(KeyRing ring, LoadKeyRingFile("hub.keys"));

#ifndef CAREROUTE_LIB_REGISTRY_KEY_RING_FILE_H_
#define CAREROUTE_LIB_REGISTRY_KEY_RING_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/registry/key_ring.h"

namespace careroute::registry {

// These three block on the disk: they are called at start, by the command, or
// on the I/O executor. One process at a time may write.

// ALREADY_EXISTS when anything stands at `path`: a ring in use is never
// overwritten by a new one.
[[nodiscard]] absl::Status CreateKeyRingFile(const std::string& path,
                                             const KeyRing& ring);

// NOT_FOUND without a file; FAILED_PRECONDITION when it is not a plain file of
// mode 0600 owned by this process's user, since others may have read or
// planted it; otherwise as ParseKeyRing.
[[nodiscard]] absl::StatusOr<KeyRing> LoadKeyRingFile(const std::string& path);

// For rotation. FAILED_PRECONDITION when the file now there holds a key that
// `ring` lacks (another process rotated meanwhile): replacing it would lose
// what that key locked. Otherwise as LoadKeyRingFile.
[[nodiscard]] absl::Status ReplaceKeyRingFile(const std::string& path,
                                              const KeyRing& ring);

}  // namespace careroute::registry

#endif  // CAREROUTE_LIB_REGISTRY_KEY_RING_FILE_H_
