#include "services/command/hub_flags.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "lib/base/loopback.h"
#include "lib/base/real_clock.h"
#include "lib/base/real_environment.h"
#include "lib/base/status_macros.h"
#include "lib/casework/case.h"

namespace careroute::services {
namespace {

// Where `careroute hub` and `careroute sandbox` listen unless told otherwise.
constexpr char kDefaultAddress[] = "127.0.0.1:7400";

std::string FromEnvironment(const std::string& name,
                            const std::string& otherwise) {
  const std::optional<std::string> value = base::RealEnvironment(name);
  return value.has_value() && !value->empty() ? *value : otherwise;
}

// The language of the terminal: what it says of messages.
std::string TerminalLanguage() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = FromEnvironment(name, "");
    if (!value.empty()) return absl::StartsWith(value, "ru") ? "ru" : "en";
  }
  return "en";
}

int LocalOffsetMinutes() {
  const absl::TimeZone::CivilInfo info =
      absl::LocalTimeZone().At(base::RealClock().Now());
  return info.offset / 60;
}

absl::StatusOr<int> ParseOffset(absl::string_view text) {
  int hours = 0;
  int minutes = 0;
  const bool shaped = text.size() == 6 && (text[0] == '+' || text[0] == '-') &&
                      text[3] == ':' &&
                      absl::SimpleAtoi(text.substr(1, 2), &hours) &&
                      absl::SimpleAtoi(text.substr(4, 2), &minutes) &&
                      hours >= 0 && hours <= 14 && minutes >= 0 && minutes < 60;
  if (!shaped) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--utc-offset: \"", text, "\" is no offset; write it like +10:00"));
  }
  const int all = hours * 60 + minutes;
  return text[0] == '-' ? -all : all;
}

// Empty for no file.
absl::StatusOr<std::string> ReadSmall(absl::string_view flag,
                                      const std::string& path) {
  if (path.empty()) return "";
  std::ifstream stream(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (!stream || text.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(flag, ": ", path, " cannot be read, or is empty"));
  }
  return text;
}

}  // namespace

HubFlags::HubFlags(const Defaults& defaults)
    : address_(FromEnvironment("CAREROUTE_HUB", kDefaultAddress)),
      authorities_(FromEnvironment("CAREROUTE_AUTHORITIES", "")),
      hub_id_(FromEnvironment("CAREROUTE_HUB_ID", "hub")),
      certificate_(FromEnvironment("CAREROUTE_CERTIFICATE", "")),
      key_(FromEnvironment("CAREROUTE_KEY", "")),
      token_(FromEnvironment("CAREROUTE_TOKEN_FILE", "")),
      member_(FromEnvironment("CAREROUTE_MEMBER", "")),
      role_(FromEnvironment("CAREROUTE_ROLE", defaults.role)),
      purpose_(FromEnvironment("CAREROUTE_PURPOSE", defaults.purpose)),
      language_(FromEnvironment("CAREROUTE_LANGUAGE", TerminalLanguage())),
      utc_offset_(FromEnvironment("CAREROUTE_UTC_OFFSET", "")) {}

void HubFlags::AddTo(CLI::App& sub) {
  sub.add_option("--hub", address_, "Address of the hub, host:port")
      ->capture_default_str();
  sub.add_option("--authorities", authorities_,
                 "PEM file of the authorities trusted to have issued the hub's "
                 "certificate; without it the hub is called in plain text")
      ->capture_default_str();
  sub.add_option("--hub-id", hub_id_, "Id of the hub, which it must prove")
      ->capture_default_str();
  sub.add_option("--certificate", certificate_,
                 "PEM file of one's own certificate")
      ->capture_default_str();
  sub.add_option("--key", key_, "PEM file of its key")->capture_default_str();
  // A file: what stands on a command line, everybody on the machine can read.
  sub.add_option("--token-file", token_, "File of one's own bearer token")
      ->capture_default_str();
  sub.add_option("--as", member_,
                 "Who calls: organisations/ORGANISATION/members/MEMBER")
      ->capture_default_str();
  sub.add_option("--role", role_,
                 "In which role: registrar, coordinator, performer, auditor, "
                 "administrator")
      ->capture_default_str();
  sub.add_option("--purpose", purpose_,
                 "For which purpose: care, coordination, audit, or one a "
                 "pathway declares")
      ->capture_default_str();
  sub.parse_complete_callback([this, &sub] {
    // A command below it was chosen, which has flags of its own.
    if (!sub.get_subcommands().empty()) return;
    const absl::Status actor = ActorOf().status();
    const absl::Status clock = WallClock().status();
    for (const absl::Status& one :
         {actor, clock, CheckLanguage(), CheckCertificate(), CheckAddress(),
          CheckToken()}) {
      if (!one.ok()) throw CLI::ValidationError(std::string(one.message()));
    }
  });
}

absl::Status HubFlags::CheckLanguage() const {
  if (language_ == "ru" || language_ == "en") return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "--language: there are no words in \"", language_, "\"; say ru or en"));
}

absl::Status HubFlags::CheckCertificate() const {
  if (certificate_.empty() != key_.empty()) {
    return absl::InvalidArgumentError(
        "--certificate, --key: one is of no use without the other; give both, "
        "or neither");
  }
  if (!certificate_.empty() && authorities_.empty()) {
    return absl::InvalidArgumentError(
        "--certificate: is shown to nobody, since the hub is called in plain "
        "text; give --authorities too");
  }
  return absl::OkStatus();
}

absl::Status HubFlags::CheckAddress() const {
  if (!absl::StripAsciiWhitespace(address_).empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--hub: is empty; give host:port, or leave it out for ",
                   kDefaultAddress));
}

absl::Status HubFlags::CheckToken() const {
  if (token_.empty() || !authorities_.empty() || base::IsLoopback(address_)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--token-file: whoever listens on the way to ", address_,
      " could read the token and act with it, since the hub is called in plain "
      "text; give --authorities too"));
}

void HubFlags::AddLanguageTo(CLI::App& sub) {
  sub.add_option("--language", language_, "Language of the words: ru, en")
      ->capture_default_str();
}

void HubFlags::AddClockTo(CLI::App& sub) {
  sub.add_option("--utc-offset", utc_offset_,
                 "Clock of days and times, like +10:00; that of the caller's "
                 "organisation unless given")
      ->capture_default_str();
}

absl::StatusOr<model::v1::Actor> HubFlags::ActorOf() const {
  const absl::string_view organisation = casework::OrganisationOf(member_);
  if (organisation.size() == member_.size() ||
      !absl::StartsWith(member_, "organisations/")) {
    return absl::InvalidArgumentError(
        "who calls? give --as organisations/ORGANISATION/members/MEMBER or set "
        "CAREROUTE_MEMBER");
  }
  model::v1::ActorRole role = model::v1::ACTOR_ROLE_UNSPECIFIED;
  if (!model::v1::ActorRole_Parse(
          absl::StrCat("ACTOR_ROLE_", absl::AsciiStrToUpper(role_)), &role) ||
      role == model::v1::ACTOR_ROLE_UNSPECIFIED) {
    return absl::InvalidArgumentError(
        absl::StrCat("--role: \"", role_, "\" is no role; see --help"));
  }
  model::v1::Actor actor;
  actor.set_organisation(std::string(organisation));
  actor.set_member(member_);
  actor.set_role(role);
  actor.set_purpose(purpose_);
  return actor;
}

absl::StatusOr<std::optional<ClientTls>> HubFlags::TlsOf() const {
  CAREROUTE_RETURN_IF_ERROR(CheckCertificate());
  if (authorities_.empty()) return std::nullopt;
  ClientTls tls{.hub_id = hub_id_};
  CAREROUTE_ASSIGN_OR_RETURN(tls.authorities,
                             ReadSmall("--authorities", authorities_));
  CAREROUTE_ASSIGN_OR_RETURN(tls.certificate,
                             ReadSmall("--certificate", certificate_));
  CAREROUTE_ASSIGN_OR_RETURN(tls.key, ReadSmall("--key", key_));
  return tls;
}

absl::StatusOr<std::string> HubFlags::TokenOf() const {
  CAREROUTE_ASSIGN_OR_RETURN(const std::string text,
                             ReadSmall("--token-file", token_));
  // A line break at its end is the editor's. What else no metadata may hold
  // would end the process.
  const absl::string_view token = absl::StripTrailingAsciiWhitespace(text);
  if (!std::all_of(token.begin(), token.end(), [](char one) {
        return absl::ascii_isgraph(static_cast<unsigned char>(one));
      })) {
    return absl::InvalidArgumentError(
        absl::StrCat("--token-file: ", token_,
                     " holds more than a token; leave one line in it, of "
                     "letters, digits and signs"));
  }
  return std::string(token);
}

absl::StatusOr<Client> HubFlags::Connect() const {
  CAREROUTE_ASSIGN_OR_RETURN(model::v1::Actor actor, ActorOf());
  CAREROUTE_ASSIGN_OR_RETURN(std::optional<ClientTls> tls, TlsOf());
  CAREROUTE_RETURN_IF_ERROR(CheckAddress());
  CAREROUTE_RETURN_IF_ERROR(CheckToken());
  CAREROUTE_ASSIGN_OR_RETURN(std::string token, TokenOf());
  return Client({.address = address_,
                 .tls = std::move(tls),
                 .token = std::move(token),
                 .actor = std::move(actor)});
}

absl::StatusOr<Wall> HubFlags::WallClock(
    std::optional<int> organisation_minutes) const {
  if (utc_offset_.empty()) {
    return Wall(language_, organisation_minutes.has_value()
                               ? *organisation_minutes
                               : LocalOffsetMinutes());
  }
  CAREROUTE_ASSIGN_OR_RETURN(const int minutes, ParseOffset(utc_offset_));
  return Wall(language_, minutes);
}

void AddJsonFlag(CLI::App& sub, bool& json) {
  sub.add_flag("--json", json, "Print the reply as JSON, for programs");
}

}  // namespace careroute::services
