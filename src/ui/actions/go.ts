import { TABS, TAB_NAMES } from '../../state/address.ts';
import { inCase, type Action } from './action.ts';

/** The screens, each by `g` and the first letter of its name. */
export const GO: readonly Action[] = TABS.map((tab) => ({
  id: `go-${tab}`,
  title: TAB_NAMES[tab],
  group: 'Go to',
  keys: [`g ${tab.charAt(0)}`],
  possible: inCase,
  run: ({ navigation }) => {
    navigation.go({ tab });
  },
}));
