#include "services/hub/hub_config.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"
#include "lib/base/clip.h"
#include "lib/base/loopback.h"
#include "lib/registry/public_key.h"
#include "services/identity/issuer_keys.h"

namespace careroute::services {
namespace {

using config::v1::HubConfig;
using config::v1::PeerConfig;
using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

constexpr absl::string_view kSqlite = "sqlite:";

// The parser repeats what it cannot read, however long that is.
constexpr size_t kRepeatedBytesMax = 300;

// Puts what the parser says beside the line it says it of.
class ParseErrors final : public google::protobuf::io::ErrorCollector {
 public:
  ParseErrors(std::string file, base::Problems& problems)
      : file_(std::move(file)), problems_(problems) {}

  void AddError(int line, int column, const std::string& message) override {
    problems_.Add({.file = file_,
                   .line = line + 1,
                   .column = column + 1,
                   .reason = "NOT_A_CONFIG",
                   .message = base::Clip(message, kRepeatedBytesMax),
                   .mend = "write fields of HubConfig as textproto"});
  }

 private:
  std::string file_;
  base::Problems& problems_;
};

void AddFileProblem(const std::string& file, absl::string_view message,
                    absl::string_view mend, base::Problems& problems) {
  problems.Add({.file = file,
                .reason = "NO_CONFIG",
                .message = std::string(message.data(), message.size()),
                .mend = std::string(mend.data(), mend.size())});
}

std::optional<std::string> ReadConfig(const std::string& file,
                                      base::Problems& problems) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (!stream) {
    AddFileProblem(file, "the configuration cannot be read",
                   "write one with `careroute init`", problems);
    return std::nullopt;
  }
  if (text.size() > kConfigBytesMax) {
    AddFileProblem(file, "the configuration is larger than 1 MiB",
                   "keep only fields of HubConfig in it", problems);
    return std::nullopt;
  }
  return text;
}

// A path of the file, as seen from where the command was started.
std::string Beside(const std::string& file, const std::string& path) {
  if (path.empty()) return path;
  return (std::filesystem::path(file).parent_path() / path).string();
}

void ResolvePaths(const std::string& file, HubConfig& config) {
  config.set_key_ring(Beside(file, config.key_ring()));
  config.set_catalogue(Beside(file, config.catalogue()));
  if (config.has_tls()) {
    config::v1::TlsConfig& tls = *config.mutable_tls();
    tls.set_certificate(Beside(file, tls.certificate()));
    tls.set_key(Beside(file, tls.key()));
    tls.set_authorities(Beside(file, tls.authorities()));
    tls.set_revoked(Beside(file, tls.revoked()));
  }
  for (config::v1::IssuerConfig& issuer : *config.mutable_issuers()) {
    if (!IsUrl(issuer.keys())) issuer.set_keys(Beside(file, issuer.keys()));
  }
  const std::string path = SqlitePathOf(config);
  if (!path.empty()) {
    config.set_store(absl::StrCat(kSqlite, Beside(file, path)));
  }
}

void FlagProblem(const HubFlag& flag, absl::string_view message,
                 absl::string_view mend, base::Problems& problems) {
  problems.Error(flag.name, "WRONG_FLAG", message, mend);
}

// A message is given as textproto, the fields of one object.
void SetMessage(const HubFlag& flag, const std::string& value,
                google::protobuf::Message& message, base::Problems& problems) {
  google::protobuf::TextFormat::Parser parser;
  // What is wrong with it is said below: a flag has no lines.
  class Silent final : public google::protobuf::io::ErrorCollector {
    void AddError(int /*line*/, int /*column*/,
                  const std::string& /*message*/) override {}
  } silent;
  parser.RecordErrorsTo(&silent);
  if (parser.ParseFromString(value, &message)) return;
  message.Clear();
  FlagProblem(flag, "cannot be read",
              absl::StrCat("write fields of ", message.GetDescriptor()->name(),
                           " as textproto, in quotes"),
              problems);
}

void SetSingle(const HubFlag& flag, const FieldDescriptor& field,
               HubConfig& config, base::Problems& problems) {
  const Reflection& reflection = *config.GetReflection();
  const std::string& value = flag.values.back();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    bool truth = false;
    if (!absl::SimpleAtob(value, &truth)) {
      return FlagProblem(flag, "not true or false", "give true or false",
                         problems);
    }
    reflection.SetBool(&config, &field, truth);
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
    int32_t number = 0;
    if (!absl::SimpleAtoi(value, &number)) {
      return FlagProblem(flag, "not a number", "give a whole number", problems);
    }
    reflection.SetInt32(&config, &field, number);
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    reflection.ClearField(&config, &field);
    SetMessage(flag, value, *reflection.MutableMessage(&config, &field),
               problems);
  } else {
    reflection.SetString(&config, &field, value);
  }
}

void LayFlag(const HubFlag& flag, HubConfig& config, base::Problems& problems) {
  const FieldDescriptor* field =
      HubConfig::descriptor()->FindFieldByName(flag.name);
  if (field == nullptr || flag.values.empty()) {
    return FlagProblem(flag, "no field of HubConfig, or without a value",
                       "see --help", problems);
  }
  if (!field->is_repeated()) return SetSingle(flag, *field, config, problems);
  const Reflection& reflection = *config.GetReflection();
  reflection.ClearField(&config, field);
  for (const std::string& value : flag.values) {
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      SetMessage(flag, value, *reflection.AddMessage(&config, field), problems);
    } else {
      reflection.AddString(&config, field, value);
    }
  }
}

// Without a port gRPC would take one that nobody named.
bool NamesPort(const std::string& address) {
  int port = 0;
  return absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port) &&
         address.find(':') != std::string::npos && port >= 0 && port <= 65535;
}

void CheckCallers(const HubConfig& config, base::Problems& problems) {
  if (!config.development() && !config.has_tls()) {
    problems.Error("development", "NO_AUTHENTICATION",
                   "without certificates a hub cannot tell callers apart: it "
                   "would take the actor from request metadata",
                   "name certificates under tls, or say development: true, on "
                   "a machine where everybody who can connect may act as "
                   "anybody");
  }
  if (config.grpc_address().empty()) return;  // the rule beside it says so
  // Where anybody may act as anybody, nobody else may reach it.
  const bool open = config.development() || !config.has_tls();
  if (open && !base::IsLoopback(config.grpc_address())) {
    problems.Error("grpc_address", "NOT_LOOPBACK",
                   "other machines could reach this address",
                   "bind 127.0.0.1, [::1] or localhost; any other address "
                   "only with certificates and without development");
  } else if (!NamesPort(config.grpc_address())) {
    problems.Error("grpc_address", "NO_PORT", "the address names no port",
                   "write host:port, such as 127.0.0.1:7400");
  }
}

void CheckPeerAddress(const HubConfig& config, const PeerConfig& peer,
                      base::Problems& problems) {
  if (peer.address().empty()) return;  // the rule beside it says so
  if (!config.has_tls() && !base::IsLoopback(peer.address())) {
    problems.Error("address", "NOT_LOOPBACK",
                   "without certificates nobody can tell who answers at "
                   "another machine",
                   "name certificates under tls, or an address of this "
                   "machine");
  } else if (!NamesPort(peer.address()) || peer.address().front() == ':') {
    problems.Error("address", "NO_PORT", "the address names no host and port",
                   "write host:port, such as hub.example.org:7400");
  }
}

void CheckPeers(const HubConfig& config, base::Problems& problems) {
  std::set<std::string> known = {config.hub_id()};
  for (int i = 0; i < config.peers_size(); ++i) {
    const PeerConfig& peer = config.peers(i);
    const auto scope = problems.Enter("peers", i);
    if (!peer.hub_id().empty() && !known.insert(peer.hub_id()).second) {
      problems.Error("hub_id", "TWICE",
                     "is this hub's own id, or another peer's",
                     "give each hub of the exchange an id of its own");
    }
    CheckPeerAddress(config, peer, problems);
    for (int k = 0; k < peer.signing_keys_size(); ++k) {
      const auto key = registry::ParsePublicKey(peer.signing_keys(k));
      if (key.ok()) continue;
      problems.Error(absl::StrCat("signing_keys[", k, "]"), "NOT_A_KEY",
                     key.status().message(),
                     "ask the operator of that hub for the line");
    }
  }
}

// Who a token names is "ISSUER#SUBJECT": the mark must be the first one.
void CheckIssuers(const HubConfig& config, base::Problems& problems) {
  std::set<std::string> known;
  for (int i = 0; i < config.issuers_size(); ++i) {
    const config::v1::IssuerConfig& issuer = config.issuers(i);
    const auto scope = problems.Enter("issuers", i);
    if (absl::StrContains(issuer.issuer(), "#")) {
      problems.Error("issuer", "NOT_AN_ISSUER", "has a # in it",
                     "write the issuer's URL as its tokens state it");
    }
    if (!issuer.issuer().empty() && !known.insert(issuer.issuer()).second) {
      problems.Error("issuer", "TWICE", "is an issuer named before",
                     "name each issuer once");
    }
    if (absl::StartsWith(issuer.keys(), "http://")) {
      problems.Error("keys", "NOT_HTTPS",
                     "anybody on the way could put in keys of their own",
                     "name a file, or an address that begins with https://");
    }
  }
}

}  // namespace

const std::vector<HubFlagHelp>& HubFlags() {
  static const auto& flags = *new std::vector<HubFlagHelp>{
      {"hub_id", "id of this hub, such as khabarovsk"},
      {"store", "sqlite:PATH, postgresql://... or memory:"},
      {"grpc_address", "host and port of the gRPC door; port 0 = any free one"},
      {"key_ring", "the key-ring file, mode 0600"},
      {"development",
       "true: take the actor from request metadata, bind loopback only"},
      {"threads", "threads that run requests; 0 = one a core"},
      {"io_threads",
       "threads that wait for the store; 0 = as many as it has use for"},
      {"cached_cases", "cases kept in memory; 0 = 10000"},
      {"catalogue",
       "folder of pathways and calendars; empty = the shipped one"},
      {"overlays",
       "overlay to publish at start, relative to the catalogue; repeatable"},
      {"peers",
       "another hub, as textproto: 'hub_id: \"east\" address: ... "
       "signing_keys: ...'; repeatable"},
      {"tls",
       "certificates, as textproto: 'certificate: \"hub.pem\" key: ... "
       "authorities: ... revoked: ...'"},
      {"issuers",
       "issuer of bearer tokens, as textproto: 'issuer: \"https://...\" "
       "audience: ... keys: ...'; repeatable"},
      {"calls_per_second",
       "calls a caller may make in a second; 0 = 100, no limit in "
       "development"},
      {"undelivered_after_hours",
       "hours until a coordinator hears that a referral without a deadline did "
       "not reach its hub; 0 = 72"}};
  return flags;
}

HubConfig LoadHubConfig(const LoadHubConfigOptions& options,
                        base::Problems& problems) {
  HubConfig config;
  if (!options.file.empty()) {
    const std::optional<std::string> text = ReadConfig(options.file, problems);
    if (text.has_value()) {
      ParseErrors errors(options.file, problems);
      google::protobuf::TextFormat::Parser parser;
      parser.RecordErrorsTo(&errors);
      if (!parser.ParseFromString(*text, &config)) config.Clear();
      ResolvePaths(options.file, config);
    }
  }
  for (const HubFlag& flag : options.flags) LayFlag(flag, config, problems);
  return config;
}

void CheckHubConfig(const HubConfig& config, base::Problems& problems) {
  CheckHubRules(config, problems);
  CheckCallers(config, problems);
  CheckPeers(config, problems);
  CheckIssuers(config, problems);
}

}  // namespace careroute::services
