// lib/api/certificate_actor.h: who calls, from the certificate of a system.
//
// The directory names systems by the subjects of their certificates
// (Member.certificate_subjects); the door has found the certificate to be in
// force. In which role and for which purpose it acts, the system says with
// each call:
//
//   careroute-role: registrar
//   careroute-purpose: care
//
// Whom the certificate does not name cannot be claimed: a member in the
// metadata must be the same one.

#ifndef CAREROUTE_LIB_API_CERTIFICATE_ACTOR_H_
#define CAREROUTE_LIB_API_CERTIFICATE_ACTOR_H_

#include <string>
#include <utility>

#include "lib/api/development_actor.h"
#include "lib/api/pipeline.h"
#include "lib/engine/engine.h"

namespace careroute::api {

// Thread-safe. The engine must outlive it.
class CertificateActor final : public ActorSource {
 public:
  struct Options {
    engine::Engine& engine;
    // Subject of the hub's own certificate. Whoever holds its key runs the
    // hub, and may call as its first administrator, so that an empty
    // directory can be filled. Empty = nobody may.
    std::string own_subject;
  };
  explicit CertificateActor(Options options) : options_(std::move(options)) {}

  // Calls that came with a certificate.
  [[nodiscard]] bool Judges(const Call& call) const override;

  [[nodiscard]] absl::StatusOr<model::v1::Actor> ActorOf(
      const Call& call) const override;

 private:
  // The member whose certificate it is; empty when nobody's.
  [[nodiscard]] std::string MemberOf(const std::string& subject) const;

  Options options_;
};

}  // namespace careroute::api

#endif  // CAREROUTE_LIB_API_CERTIFICATE_ACTOR_H_
