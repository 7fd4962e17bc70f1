import { expect, test } from 'vitest';
import { routeTemplate } from '../../../../src-main/analytics/rules/route-template.ts';

test.each([
  ['/users/17', '/users/{id}'],
  ['/users/17/', '/users/{id}'],
  ['/users/17/orders/18?page=2#top', '/users/{id}/orders/{id}'],
  ['/files/0b0d6f4e-8d1c-4a9e-9a55-0f4a4d6d9a11', '/files/{id}'],
  ['/objects/507f1f77bcf86cd799439011', '/objects/{id}'],
  ['/tokens/eyJhbGciOiJIUzI1NiIsInR5cCI6', '/tokens/{id}'],
  ['/api/v2/users', '/api/v2/users'],
  ['/internationalisation-of-everything', '/internationalisation-of-everything'],
  ['/', '/'],
  ['', ''],
])('%s is %s', (path, template) => expect(routeTemplate(path)).toBe(template));
