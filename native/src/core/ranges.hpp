#pragma once
#include <cstdint>
#include <string>

namespace facet {

/** A whole number within [min, max]. @throws Error invalid_request naming the field and the range, also for NaN and infinities */
int64_t whole_number(double value, int64_t min, int64_t max, const std::string & field);

/** A finite number within [min, max]. @throws Error invalid_request */
double real_number(double value, double min, double max, const std::string & field);

} // namespace facet
