#include "services/hub/config_flags.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace careroute::services {
namespace {

// "--grpc_address,--grpc-address": the field's name, and as people type it.
std::string Spelled(const std::string& name) {
  const std::string typed = absl::StrReplaceAll(name, {{"_", "-"}});
  if (typed == name) return absl::StrCat("--", name);
  return absl::StrCat("--", typed, ",--", name);
}

}  // namespace

ConfigFlags::ConfigFlags(CLI::App& command) {
  command.add_option("--config", file_,
                     "HubConfig as textproto; flags win over it");
  for (const HubFlagHelp& help : HubFlags()) {
    HubFlag& flag = flags_.emplace_back(HubFlag{.name = help.name});
    const auto* field =
        config::v1::HubConfig::descriptor()->FindFieldByName(help.name);
    CLI::Option* option =
        command.add_option(Spelled(help.name), flag.values, help.help);
    // One value each time the flag is given, so that a flag never swallows
    // what follows it.
    option->allow_extra_args(false);
    if (field->type() == google::protobuf::FieldDescriptor::TYPE_BOOL) {
      option->expected(0, 1)->default_str("true");
    }
    if (!field->is_repeated()) {
      option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    }
  }
}

config::v1::HubConfig ConfigFlags::Load(base::Problems& problems) const {
  LoadHubConfigOptions options{.file = file_};
  for (const HubFlag& flag : flags_) {
    if (!flag.values.empty()) options.flags.push_back(flag);
  }
  return LoadHubConfig(options, problems);
}

}  // namespace careroute::services
