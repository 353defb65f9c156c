// What a configuration may not say, and whether it says which field and how to
// mend it.

#include "services/hub/hub_config.h"

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "lib/store/scratch_directory.h"

namespace careroute::services {
namespace {

using config::v1::HubConfig;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kPeer[] =
    "hub_id: \"chita\" address: \"chita.example.org:7400\" signing_keys: "
    "\"ed25519:00000000000000ff:"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"";
constexpr char kTls[] =
    "certificate: \"hub.pem\" key: \"hub.key\" authorities: \"ca.pem\"";

HubConfig Parse(const std::string& text) {
  HubConfig config;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      absl::StrCat("hub_id: \"khabarovsk\" store: \"memory:\" ", text),
      &config));
  return config;
}

std::vector<std::string> ProblemsOf(const HubConfig& config) {
  base::Problems problems;
  CheckHubConfig(config, problems);
  std::vector<std::string> found;
  for (const base::Problem& problem : problems.list()) {
    EXPECT_FALSE(problem.mend.empty()) << problem.path;
    found.push_back(problem.path + " " + problem.reason);
  }
  return found;
}

std::vector<std::string> ProblemsOf(const std::string& text) {
  return ProblemsOf(Parse(text));
}

std::string Tls() { return absl::StrCat("tls { ", kTls, " } "); }

TEST(CheckHubConfig, WantsAWayToTellCallersApart) {
  EXPECT_THAT(ProblemsOf("grpc_address: \"127.0.0.1:7400\""),
              ElementsAre("development NO_AUTHENTICATION"));
  EXPECT_THAT(ProblemsOf("grpc_address: \"127.0.0.1:7400\" development: true"),
              IsEmpty());
  EXPECT_THAT(ProblemsOf(Tls() + "grpc_address: \"0.0.0.0:7400\""), IsEmpty());
}

TEST(CheckHubConfig, IsReachedByOthersOnlyWithCertificatesAlone) {
  constexpr char kEverywhere[] = "grpc_address: \"0.0.0.0:7400\" ";
  EXPECT_THAT(ProblemsOf(absl::StrCat(kEverywhere, "development: true")),
              ElementsAre("grpc_address NOT_LOOPBACK"));
  EXPECT_THAT(ProblemsOf(absl::StrCat(kEverywhere, Tls(), "development: true")),
              ElementsAre("grpc_address NOT_LOOPBACK"));
}

TEST(CheckHubConfig, WantsEveryFileOfItsCertificates) {
  EXPECT_THAT(ProblemsOf("grpc_address: \"127.0.0.1:7400\" tls {}"),
              ElementsAre("tls.certificate REQUIRED", "tls.key REQUIRED",
                          "tls.authorities REQUIRED"));
}

TEST(CheckHubConfig, WantsIssuersThatCanBeToldApartAndTrusted) {
  const std::string hub =
      absl::StrCat(Tls(), "grpc_address: \"0.0.0.0:7400\" ");
  constexpr char kIssuer[] =
      "issuers { issuer: \"https://login\" audience: \"careroute\" keys: "
      "\"https://login/keys\" } ";
  EXPECT_THAT(ProblemsOf(absl::StrCat(hub, kIssuer)), IsEmpty());
  EXPECT_THAT(ProblemsOf(absl::StrCat(hub, kIssuer, kIssuer)),
              ElementsAre("issuers[1].issuer TWICE"));
  EXPECT_THAT(
      ProblemsOf(absl::StrCat(hub,
                              "issuers { issuer: \"https://a#b\" audience: "
                              "\"c\" keys: \"http://a/keys\" }")),
      ElementsAre("issuers[0].issuer NOT_AN_ISSUER",
                  "issuers[0].keys NOT_HTTPS"));
  EXPECT_THAT(
      ProblemsOf(absl::StrCat(hub, "issuers {}")),
      ElementsAre("issuers[0].issuer REQUIRED", "issuers[0].audience REQUIRED",
                  "issuers[0].keys REQUIRED"));
}

TEST(CheckHubConfig, NamesThePeerThatIsNone) {
  const std::string with_tls =
      absl::StrCat(Tls(), "grpc_address: \"0.0.0.0:7400\" ");
  const std::string peer = absl::StrCat("peers { ", kPeer, " } ");
  EXPECT_THAT(ProblemsOf(with_tls + peer), IsEmpty());
  EXPECT_THAT(ProblemsOf(with_tls + peer + peer),
              ElementsAre("peers[1].hub_id TWICE"));
  HubConfig config = Parse(with_tls + peer);
  config.mutable_peers(0)->set_hub_id("khabarovsk");
  EXPECT_THAT(ProblemsOf(config), ElementsAre("peers[0].hub_id TWICE"));
  config = Parse(with_tls + peer);
  config.mutable_peers(0)->add_signing_keys("ed25519:ff:AAAA");
  EXPECT_THAT(ProblemsOf(config),
              ElementsAre("peers[0].signing_keys[1] NOT_A_KEY"));
  for (const char* address : {"chita.example.org", ":7400", "chita:port"}) {
    config = Parse(with_tls + peer);
    config.mutable_peers(0)->set_address(address);
    EXPECT_THAT(ProblemsOf(config), ElementsAre("peers[0].address NO_PORT"))
        << address;
  }
}

TEST(CheckHubConfig, HasPeersElsewhereOnlyWithCertificates) {
  const std::string open =
      "grpc_address: \"127.0.0.1:7400\" development: true ";
  HubConfig config = Parse(absl::StrCat(open, "peers { ", kPeer, " }"));
  EXPECT_THAT(ProblemsOf(config), ElementsAre("peers[0].address NOT_LOOPBACK"));
  config.mutable_peers(0)->set_address("127.0.0.1:7401");
  EXPECT_THAT(ProblemsOf(config), IsEmpty());
}

TEST(LoadHubConfig, TakesMessagesAsTextOfAFlag) {
  base::Problems problems;
  const HubConfig config = LoadHubConfig(
      {.flags = {{"peers", {kPeer, "hub_id: \"east\""}}, {"tls", {kTls}}}},
      problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(config.peers_size(), 2);
  EXPECT_EQ(config.peers(0).address(), "chita.example.org:7400");
  EXPECT_EQ(config.peers(1).hub_id(), "east");
  EXPECT_EQ(config.tls().certificate(), "hub.pem");
}

TEST(LoadHubConfig, NamesTheFlagThatCannotBeRead) {
  base::Problems problems;
  const HubConfig config =
      LoadHubConfig({.flags = {{"tls", {"certificat: 1"}}}}, problems);
  ASSERT_EQ(problems.list().size(), 1u);
  EXPECT_EQ(problems.list()[0].path, "tls");
  EXPECT_EQ(problems.list()[0].reason, "WRONG_FLAG");
}

TEST(LoadHubConfig, FindsCertificatesBesideTheFile) {
  const store::ScratchDirectory scratch;
  const std::string file = scratch.File("hub.textproto");
  std::ofstream(file) << "tls { " << kTls << " }";
  base::Problems problems;
  const HubConfig config = LoadHubConfig({.file = file}, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(config.tls().certificate(), scratch.File("hub.pem"));
  EXPECT_EQ(config.tls().key(), scratch.File("hub.key"));
  EXPECT_EQ(config.tls().authorities(), scratch.File("ca.pem"));
  EXPECT_EQ(config.tls().revoked(), "");
}

TEST(HubFlags, NamesFieldsOnly) {
  for (const HubFlagHelp& help : HubFlags()) {
    EXPECT_NE(HubConfig::descriptor()->FindFieldByName(help.name), nullptr)
        << help.name;
  }
}

}  // namespace
}  // namespace careroute::services
