// lib/picture/internal/signs.h: the signs of a picture, told apart in black and
// white. The legend explains each.

#ifndef CAREROUTE_LIB_PICTURE_INTERNAL_SIGNS_H_
#define CAREROUTE_LIB_PICTURE_INTERNAL_SIGNS_H_

namespace careroute::picture::internal {

inline constexpr char kConfirmedSign[] = "●";
inline constexpr char kSecondHandSign[] = "◐";
inline constexpr char kRecalledSign[] = "○";
inline constexpr char kRegionSign[] = "▲";
inline constexpr char kDemoSign[] = "◇";
inline constexpr char kStatutorySign[] = "§";
inline constexpr char kStopsSign[] = "‖";
inline constexpr char kTrackSign[] = "▼";
inline constexpr char kGuardSign[] = "◆";
inline constexpr char kStartSign[] = "»";
inline constexpr char kRecursSign[] = "↻";
inline constexpr char kSilenceSign[] = "…";
inline constexpr char kOutcomeSign[] = "•";
inline constexpr char kContinuesSign[] = "◦";
inline constexpr char kEndingSign[] = "■";
inline constexpr char kForwardSign[] = "→";
inline constexpr char kBackSign[] = "↩";
inline constexpr char kDoneSign[] = "✓";
inline constexpr char kNowSign[] = "►";
inline constexpr char kOverdueSign[] = "!";
inline constexpr char kPauseSign[] = "‖";
inline constexpr char kNextSign[] = "▷";

}  // namespace careroute::picture::internal

#endif  // CAREROUTE_LIB_PICTURE_INTERNAL_SIGNS_H_
