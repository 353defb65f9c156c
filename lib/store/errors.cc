#include "lib/store/errors.h"

#include "absl/strings/str_cat.h"

namespace careroute::store {

absl::Status BrokenChain() {
  return absl::DataLossError(
      "the events do not link to the stream's head: their hash does not "
      "follow from the stored one; verify the stream");
}

absl::Status ClaimNotHeld() {
  return absl::FailedPreconditionError(
      "the claim is not held by this stream any more; claim it again");
}

absl::Status KeyDestroyed() {
  return absl::FailedPreconditionError(
      "the key was destroyed: the owner was erased");
}

absl::Status KeyExists() {
  return absl::AlreadyExistsError("the stream already has a key");
}

absl::Status KeyMissing() {
  return absl::NotFoundError("the owner has no key here");
}

absl::Status KeyChanged() {
  return absl::AbortedError(
      "the key is not wrapped as expected; read it and wrap it again");
}

absl::Status OutboxSequenceTaken() {
  return absl::AlreadyExistsError(
      "the stream's outbox already holds a row of this sequence");
}

absl::Status OutboxRowMissing() {
  return absl::NotFoundError("the outbox row was settled");
}

absl::Status BlobDamaged() {
  return absl::DataLossError(
      "a stored blob does not hash to its name; restore it from a backup");
}

absl::Status PositionOutOfRange() {
  return absl::OutOfRangeError(
      "the position is outside the changes still kept; list again");
}

absl::Status OpenedReadOnly() {
  return absl::FailedPreconditionError("the store was opened for reading only");
}

absl::Status OutcomeUnknown(absl::string_view cause) {
  return absl::UnavailableError(absl::StrCat(
      "it is not known whether the write took effect, look the request up: ",
      cause));
}

absl::Status UnknownStream() {
  return absl::DataLossError(
      "the event store holds a row of no known stream; restore a backup");
}

absl::Status NoStoreFacts() {
  return absl::DataLossError(
      "the event store does not say what it is; restore a backup");
}

absl::Status CheckClockKind(ClockKind stored, ClockKind wanted) {
  if (stored == wanted) return absl::OkStatus();
  return absl::FailedPreconditionError(
      stored == ClockKind::kVirtual
          ? "the store was made by a sandbox, under a virtual clock; open it "
            "with the sandbox, or name another store"
          : "the store was made under the real clock; a sandbox may not open "
            "it, name another store");
}

absl::Status SchemaIsNewer(const SchemaVersions& versions) {
  return absl::FailedPreconditionError(absl::StrCat(
      "the store has schema version ", versions.stored, ", newer than version ",
      versions.release, " of this release; use a newer release"));
}

absl::Status SchemaIsOlder(const SchemaVersions& versions,
                           absl::string_view mend) {
  return absl::FailedPreconditionError(absl::StrCat(
      "the store has schema version ", versions.stored, ", older than version ",
      versions.release, " of this release; ", mend));
}

absl::Status QueueFull() {
  return absl::ResourceExhaustedError(
      "the store has more calls waiting than it may hold; try again later");
}

}  // namespace careroute::store
