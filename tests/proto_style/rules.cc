#include "tests/proto_style/rules.h"

namespace careroute::proto_style {

std::vector<Rule> AllRules() {
  return {
      {"COMMENT", HaveComments},
      {"PACKAGE", PackagesFollowFolders},
      {"NAME_FORM", NamesAreWellFormed},
      {"ENUM_NAMES", EnumsArePrefixed},
      {"TIME_SUFFIX", TimesEndInTime},
      {"RESERVED_NAME", ReservedNumbersHaveNames},
      {"ONE_SERVICE", OneServiceAFile},
      {"OWN_MESSAGES", MethodsOwnTheirMessages},
      {"REQUEST_ID", MutationsHaveRequestId},
      {"PAGES", ListsHavePages},
      {"STREAM", OnlyWatchesStream},
      {"ENVELOPE", CommandsCarryNoEnvelope},
      {"LIMITS", LimitsFitTheirFields},
      {"BOUND", RequestFieldsAreBounded},
      {"DATA_CLASS", RepliesCarryDataClasses},
      {"NO_PERSON_DATA", NoPersonDataHoldsBelow},
  };
}

}  // namespace careroute::proto_style
