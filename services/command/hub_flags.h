// services/command/hub_flags.h: which hub a sub-command calls, and as whom.
//
// Flags first, then variables of the environment, then what a hub on this
// machine listens on.
//
//   const auto hub = std::make_shared<HubFlags>();
//   hub->AddTo(sub);
//   run.OnParsed(sub, [&run, hub] {
//     const absl::StatusOr<Client> client = hub->Connect();
//     ...

#ifndef CAREROUTE_SERVICES_COMMAND_HUB_FLAGS_H_
#define CAREROUTE_SERVICES_COMMAND_HUB_FLAGS_H_

#include <optional>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "careroute/model/v1/actor.pb.h"
#include "services/client/client.h"
#include "services/command/wall.h"

namespace careroute::services {

// Holds the values while the command runs: must outlive the parsing.
class HubFlags {
 public:
  // What serves where neither a flag nor the environment says it.
  struct Defaults {
    std::string role;
    std::string purpose;
  };
  explicit HubFlags(const Defaults& defaults);
  explicit HubFlags(const std::string& role = "coordinator")
      : HubFlags(Defaults{.role = role, .purpose = "coordination"}) {}

  // A value that cannot be, be it from the environment, is an error of the
  // command line: a member not named as "organisations/{o}/members/{m}" or
  // not given, a role that is none, an offset not like "+10:00", a language
  // without words, a certificate that would be shown to nobody, a token that
  // others could read on its way, no address.
  void AddTo(CLI::App& sub);
  // --language, for what prints words.
  void AddLanguageTo(CLI::App& sub);
  // --utc-offset, for what prints days of no particular region.
  void AddClockTo(CLI::App& sub);

  // Does not call yet. INVALID_ARGUMENT for what AddTo refuses, and for a file
  // of certificates or of a token that is none.
  [[nodiscard]] absl::StatusOr<Client> Connect() const;

  // "ru" or "en".
  [[nodiscard]] const std::string& language() const { return language_; }
  // --utc-offset, else what the hub says of the caller's organisation, else
  // this machine's. INVALID_ARGUMENT for what AddClockTo refuses.
  [[nodiscard]] absl::StatusOr<Wall> WallClock(
      std::optional<int> organisation_minutes = std::nullopt) const;

  // INVALID_ARGUMENT for a language without words; AddTo asks it, and so does
  // a command that prints words and calls no hub.
  [[nodiscard]] absl::Status CheckLanguage() const;

 private:
  [[nodiscard]] absl::StatusOr<model::v1::Actor> ActorOf() const;
  // INVALID_ARGUMENT for a certificate that would be shown to nobody.
  [[nodiscard]] absl::Status CheckCertificate() const;
  // INVALID_ARGUMENT for an address that says nothing.
  [[nodiscard]] absl::Status CheckAddress() const;
  // INVALID_ARGUMENT for a token that would leave this machine in plain text.
  [[nodiscard]] absl::Status CheckToken() const;
  // From the files; none without --authorities.
  [[nodiscard]] absl::StatusOr<std::optional<ClientTls>> TlsOf() const;
  // From its file; empty without --token-file.
  [[nodiscard]] absl::StatusOr<std::string> TokenOf() const;

  std::string address_;
  std::string authorities_;
  std::string hub_id_;
  std::string certificate_;
  std::string key_;
  std::string token_;  // its file; empty = none
  std::string member_;
  std::string role_;
  std::string purpose_;
  std::string language_;
  std::string utc_offset_;
};

// --json of a sub-command.
void AddJsonFlag(CLI::App& sub, bool& json);

}  // namespace careroute::services

#endif  // CAREROUTE_SERVICES_COMMAND_HUB_FLAGS_H_
